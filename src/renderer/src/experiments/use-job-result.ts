import type { Job } from '../../../shared/contract/jobs.ts'
import { useProject } from '../state/project-context.tsx'
import { useJobs } from '../state/services.tsx'
import { type Loaded, useLoaded } from '../state/use-loaded.ts'
import { useStore } from '../state/use-store.ts'

/** A job of the open project, and what came of it once it is done. */
export function useJobResult<Value>(
  id: number | null,
  ask: (job: number) => Promise<Value | null>,
): { job: Job | null; result: Loaded<Value | null> } {
  const { handle } = useProject()
  const jobs = useStore(useJobs()) ?? []
  const job = jobs.find((one) => one.id === id) ?? null
  const key = job?.state === 'done' ? `${handle} ${job.id}` : null
  const result = useLoaded(key, () => ask(job?.id ?? 0))
  return { job, result }
}
