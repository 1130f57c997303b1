import type { Job } from '../../../shared/contract/jobs.ts'
import { useJobs, useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { JobRow } from './JobRow.tsx'
import './JobsUnderWay.css'
import { isUnderWay } from './job-text.ts'

/** The jobs of the open project that are under way. */
export function useJobsUnderWay(): readonly Job[] {
  return (useStore(useJobs()) ?? []).filter(isUnderWay)
}

/** Jobs in the place of what they will make, where a screen waits for that. */
export function JobsUnderWay({ jobs }: { jobs: readonly Job[] }) {
  const store = useJobs()
  const toasts = useToasts()
  return (
    <ul className="jobs-under-way">
      {jobs.map((job) => (
        <JobRow
          key={job.id}
          job={job}
          onCancel={() => void store.cancel(job.id).catch((error) => toasts.fail(error))}
          onDismiss={() => {}}
        />
      ))}
    </ul>
  )
}
