import type { TrainingState } from '../../../shared/contract/training.ts'
import { duration, number } from '../format.ts'
import { progressText } from '../jobs/job-text.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useJobs, useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Progress } from '../ui/Progress.tsx'
import { sentence } from '../ui/Prose.tsx'
import { Tooltip } from '../ui/Tooltip.tsx'
import { Curves } from './Curves.tsx'
import { secondsText } from './curves.ts'
import { LivePreview } from './LivePreview.tsx'
import { deviceText } from './plan-text.ts'
import { progressOf } from './progress.ts'
import { Scores } from './Scores.tsx'
import './RunningCard.css'

/** The job that the training runs in, as long as it is under way. */
function useJob(training: TrainingState) {
  const jobs = useJobs()
  const toasts = useToasts()
  const job = (useStore(jobs) ?? []).find(({ id }) => id === training.job) ?? null
  const cancel = (): void => {
    if (training.job !== null) jobs.cancel(training.job).catch((error) => toasts.fail(error))
  }
  return { job, cancel }
}

/** @param left seconds as the list of jobs has them, so that both say the same; 0 = not known there */
function Facts({ training, left }: { training: TrainingState; left: number }) {
  const { part, parts, title, iteration, iterations, ...times } = progressOf(training)
  const { secondsPerStep } = times
  const secondsLeft = left > 0 ? left : times.secondsLeft
  const facts = [
    parts > 1 ? `Part ${part} of ${parts}${title ? `: ${title}` : ''}` : null,
    `iteration ${number(iteration)} of ${number(iterations)}`,
    secondsPerStep === null ? null : `${secondsText(secondsPerStep)} a step`,
    secondsLeft === null ? null : `about ${duration(secondsLeft)} left`,
    training.device === null ? null : `on ${deviceText(training.device)}`,
  ]
  return (
    <p className="train-facts" role="status">
      {facts.filter((fact) => fact !== null).join(' · ')}
    </p>
  )
}

/** A training under way: how far it is, its curves, and what the network finds now. */
export function RunningCard({ training }: { training: TrainingState }) {
  const { mode } = useProject()
  const { job, cancel } = useJob(training)
  const { share } = progressOf(training)
  const { parts } = training
  const canCancel = training.job !== null && mode === 'write'
  const hasSteps = parts.some(({ steps }) => steps.length > 0)
  useAction('train.cancel', cancel, canCancel)
  return (
    <section className="train-card" aria-labelledby="train-running">
      <header className="train-card-head">
        <h2 className="train-title" id="train-running">
          Fine-tuning on {training.labels.length} painted frames
        </h2>
        {canCancel ? (
          <Tooltip text="What is done so far is kept" action="train.cancel" side="left">
            <Button onClick={cancel}>Cancel</Button>
          </Tooltip>
        ) : (
          <span className="train-quiet">It was started elsewhere, and is cancelled there</span>
        )}
      </header>
      <Progress label="Fine-tuning" value={hasSteps ? share : null} />
      {hasSteps && <Facts training={training} left={job?.progress?.etaSeconds ?? 0} />}
      {job?.progress?.unit === 'frames' && (
        <p className="train-facts">
          {sentence(job.progress.stage)} {progressText(job.progress)}
        </p>
      )}
      {!hasSteps && !job?.progress && <p className="train-facts">Getting ready…</p>}
      <Scores training={training} />
      <div className="train-watch">
        <Curves training={training} />
        <LivePreview training={training} />
      </div>
    </section>
  )
}
