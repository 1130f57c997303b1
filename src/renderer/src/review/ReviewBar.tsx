import { useState } from 'react'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { sentence } from '../ui/Prose.tsx'
import { ExportDialog } from './numbers/ExportDialog.tsx'
import { dayOf, RunChoice } from './RunChoice.tsx'
import { useReview } from './review-context.ts'

/** What is reviewed, whether answers are safe, and the way out. */
export function ReviewBar() {
  const { data, session, seconds } = useReview()
  const [isExporting, setExporting] = useState(false)
  const { run } = data.review
  const { error } = useStore(session.store)
  return (
    <header className="review-bar">
      <p className="review-run">
        <RunChoice /> over {run.frames.toLocaleString('en')} frames, {dayOf(run)}
        {!run.current && (
          <span className="review-old" title="The picture or the network has changed since.">
            {' '}
            · not the network and picture in use now
          </span>
        )}
      </p>
      {error && (
        <p className="review-warning" role="alert">
          <WarningIcon /> {sentence(error.message)}
        </p>
      )}
      {data.done < run.frames && <Partial seconds={seconds} />}
      <span className="review-bar-space" />
      <SaveState />
      <Button onClick={() => setExporting(true)}>Export…</Button>
      {isExporting && <ExportDialog onClose={() => setExporting(false)} />}
    </header>
  )
}

/** The run has not come to the end of the tape: its counts are about what it has seen. */
function Partial({ seconds }: { seconds: Float64Array }) {
  const { data } = useReview()
  const { route } = useServices()
  const { run } = data.review
  const last = data.frames[data.done - 1]
  const share = Math.floor((data.done / Math.max(1, run.frames)) * 100)
  const isRunning = run.state === 'running'
  return (
    <p className="review-warning" role="status">
      <WarningIcon />
      {last === undefined || seconds.length === 0
        ? 'The network has not looked at any frame yet.'
        : `Counted up to frame ${last.toLocaleString('en')} (${share} %)${isRunning ? ', the run goes on' : ''}.`}
      {!isRunning && (
        <Button kind="quiet" onClick={() => route.show('train')}>
          Go on on Train
        </Button>
      )}
    </p>
  )
}

function SaveState() {
  const { session } = useReview()
  const { status, pending, problem } = useStore(session.answers)
  if (problem && status !== 'waiting')
    return (
      <p className="review-warning" role="alert">
        <WarningIcon /> Not taken: {problem.message}
        <Button kind="quiet" onClick={() => session.answers.dismiss()}>
          Put away
        </Button>
      </p>
    )
  if (status === 'waiting')
    return (
      <p className="review-warning" role="alert">
        <WarningIcon /> Not saved: {pending.toLocaleString('en')}{' '}
        {pending === 1 ? 'answer' : 'answers'} in memory
        <Button kind="quiet" onClick={() => session.answers.retry()}>
          Try again
        </Button>
      </p>
    )
  return (
    <p className="review-saved" role="status">
      {status === 'saving' ? 'Saving…' : session.answers.canUndo ? 'Saved' : ''}
    </p>
  )
}
