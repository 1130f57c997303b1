import type { Job } from '../../../shared/contract/jobs.ts'
import { ago } from '../format.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { CheckIcon, CloseIcon, WarningIcon } from '../ui/icons.tsx'
import { Progress } from '../ui/Progress.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { endTexts, isUnderWay, progressText, share, titleOf } from './job-text.ts'
import './JobRow.css'

function UnderWay({ job }: { job: Job }) {
  const { progress } = job
  return (
    <>
      <Progress label={titleOf(job)} value={share(progress)} />
      <p className="job-detail">
        {progress ? (
          <>
            <span className="job-stage">{sentence(progress.stage)}</span> {progressText(progress)}
          </>
        ) : (
          endTexts[job.state]
        )}
      </p>
    </>
  )
}

function Ended({ job }: { job: Job }) {
  const when = job.finishedAt === null ? '' : ` ${ago(new Date(job.finishedAt), new Date())}`
  return (
    <>
      <p className="job-detail">
        {endTexts[job.state]}
        {job.state === 'interrupted' ? '.' : when}
      </p>
      {job.error && job.state !== 'cancelled' && (
        <div className="job-error">
          <p>
            <Prose text={sentence(job.error.message)} />
          </p>
          {job.error.hint && (
            <p>
              <Prose text={job.error.hint} />
            </p>
          )}
        </div>
      )}
    </>
  )
}

function StateIcon({ job }: { job: Job }) {
  if (isUnderWay(job)) return <span className="job-ring" aria-hidden="true" />
  if (job.state === 'done') return <CheckIcon />
  return job.state === 'cancelled' ? <CloseIcon /> : <WarningIcon />
}

interface JobRowProps {
  job: Job
  onCancel: () => void
  onDismiss: () => void
}

/** One job: how far it is, or how it ended and what to do. */
export function JobRow({ job, onCancel, onDismiss }: JobRowProps) {
  return (
    <li className="job" data-state={job.state}>
      <span className="job-icon">
        <StateIcon job={job} />
      </span>
      <div className="job-text">
        <p className="job-title">{titleOf(job)}</p>
        {isUnderWay(job) ? <UnderWay job={job} /> : <Ended job={job} />}
      </div>
      {isUnderWay(job) ? (
        <Button onClick={onCancel} aria-label={`Cancel: ${titleOf(job)}`}>
          Cancel
        </Button>
      ) : (
        <IconButton
          label={`Put away: ${titleOf(job)}`}
          icon={<CloseIcon />}
          side="left"
          onClick={onDismiss}
        />
      )}
    </li>
  )
}
