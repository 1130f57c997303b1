import { useEffect, useRef, useState } from 'react'
import type { Job } from '../../../shared/contract/jobs.ts'
import { count, duration } from '../format.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useJobs, useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { JobRow } from './JobRow.tsx'
import { isUnderWay, needsLook, share } from './job-text.ts'
import './JobsTray.css'
import { useLeave } from '../ui/use-leave.ts'
import { useEndedJobs } from './use-ended-jobs.ts'

/** What the button says: the first job under way, else what waits for a look. */
function Summary({ jobs }: { jobs: readonly Job[] }) {
  const underWay = jobs.filter(isUnderWay)
  const toSee = jobs.filter(needsLook)
  const [first] = underWay
  if (first) {
    const part = share(first.progress)
    const left = first.progress?.etaSeconds ?? 0
    return (
      <>
        <span className="job-ring" aria-hidden="true" />
        <span className="jobs-title">
          {underWay.length === 1 ? first.title : count(underWay.length, 'job')}
        </span>
        {part !== null && <b>{Math.floor(part * 100)} %</b>}
        {left > 0 && <span className="jobs-left">{duration(left)} left</span>}
      </>
    )
  }
  if (toSee.length > 0) return <span className="jobs-failed">{count(toSee.length, 'problem')}</span>
  return <>Jobs</>
}

function TrayContent({ jobs }: { jobs: readonly Job[] }) {
  const { mode } = useProject()
  const store = useJobs()
  const toasts = useToasts()
  const ended = jobs.filter((job) => !isUnderWay(job))
  const attempt = (action: Promise<void>): void => void action.catch((error) => toasts.fail(error))
  const putAllAway = (): void => {
    for (const { id } of ended) attempt(store.dismiss(id))
  }
  return (
    <>
      <header className="jobs-header">
        <h2>Jobs</h2>
        {ended.length > 1 && mode === 'write' && (
          <Button kind="quiet" onClick={putAllAway}>
            Put all away
          </Button>
        )}
      </header>
      {jobs.length === 0 ? (
        <p className="jobs-none">
          Nothing is under way. What takes long, such as reading a tape, shows up here.
        </p>
      ) : (
        <ul className="jobs-list">
          {jobs.map((job) => (
            <JobRow
              key={job.id}
              job={job}
              onCancel={() => attempt(store.cancel(job.id))}
              onDismiss={() => attempt(store.dismiss(job.id))}
            />
          ))}
        </ul>
      )}
    </>
  )
}

/** The jobs of the project: a button that says how they go, and the list of them below it. */
export function JobsTray() {
  const jobs = useStore(useJobs()) ?? []
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const shown = [
    ...jobs.filter(isUnderWay),
    ...jobs.filter((job) => !isUnderWay(job) && !job.dismissed),
  ]
  useAction('jobs.show', () => setOpen((before) => !before))
  useLeave(root, isOpen, () => setOpen(false))
  useEndedJobs(jobs, () => setOpen(true))
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen && root.current?.contains(document.activeElement)) button.current?.focus()
  }, [isOpen])
  return (
    <div className="jobs" ref={root}>
      <Tooltip text="Jobs" action="jobs.show" side="left">
        <button
          type="button"
          className="jobs-button"
          ref={button}
          aria-expanded={isOpen}
          aria-controls="jobs-tray"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setOpen(!isOpen)}
        >
          <Summary jobs={shown} />
        </button>
      </Tooltip>
      {isOpen && (
        <section className="jobs-tray" id="jobs-tray" aria-label="Jobs">
          <TrayContent jobs={shown} />
        </section>
      )}
    </div>
  )
}
