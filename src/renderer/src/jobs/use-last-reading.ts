import type { Job } from '../../../shared/contract/jobs.ts'
import { useJobs } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'

/** Kinds of jobs that bring a project its tape. */
const readings: readonly string[] = ['import', 'sample']

/** The latest job of the open project that was to bring it a tape. */
export function useLastReading(): Job | null {
  const jobs = useStore(useJobs()) ?? []
  return jobs.find(({ kind }) => readings.includes(kind)) ?? null
}
