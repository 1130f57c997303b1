import type { Job } from '../../../shared/contract/jobs.ts'
import { JobRow } from '../jobs/JobRow.tsx'
import { useJobs, useToasts } from '../state/services.tsx'

/** A job in the place of what it makes: how far it is, or why it came to nothing. Nothing once it is done. */
export function JobOutcome({ job, onDismiss }: { job: Job | null; onDismiss: () => void }) {
  const store = useJobs()
  const toasts = useToasts()
  if (!job || job.state === 'done') return null
  return (
    <ul className="jobs-under-way">
      <JobRow
        job={job}
        onCancel={() => void store.cancel(job.id).catch((error) => toasts.fail(error))}
        onDismiss={onDismiss}
      />
    </ul>
  )
}
