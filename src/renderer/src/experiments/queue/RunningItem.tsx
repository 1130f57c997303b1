import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { number } from '../../format.ts'
import { progressText, share } from '../../jobs/job-text.ts'
import { useProject } from '../../state/project-context.tsx'
import { useJobs } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import { figure } from '../../train/curves.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { useExperimentsDesk } from '../experiments-context.ts'
import type { ExperimentStep } from '../experiments-store.ts'
import { epochsText, titleOf } from '../words.ts'
import { useExperimentCalls } from './use-experiment-calls.ts'

/** `Stage “heads”, epoch 2 of 6, step 3 of 10, loss 0.41`. */
function stepText({ settings }: ExperimentSummary, step: ExperimentStep): string {
  const stage = settings.stages[step.stage]
  const parts = [
    settings.seeds.length > 1 ? `seed ${step.seed}` : null,
    settings.stages.length > 1 && stage ? `stage “${stage.name}”` : null,
    `epoch ${step.epoch} of ${stage?.epochs ?? '?'}`,
    `step ${number(step.step)} of ${number(step.steps)}`,
    `loss ${figure(step.loss)}`,
  ]
  const text = parts.filter((part) => part !== null).join(', ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

/** The experiment under way: how far it is, how fast, how long it takes. */
export function RunningItem({ experiment }: { experiment: ExperimentSummary }) {
  const { mode } = useProject()
  const { step, show } = useExperimentsDesk()
  const { cancel } = useExperimentCalls()
  const job = (useStore(useJobs()) ?? []).find(({ id }) => id === experiment.job)
  const isHere = step?.experiment === experiment.id
  const canCancel = experiment.job !== null && mode === 'write'
  return (
    <div className="queue-running">
      <button type="button" className="experiment-name" onClick={() => show(experiment.id)}>
        {titleOf(experiment)}
      </button>
      <Progress label={titleOf(experiment)} value={share(job?.progress ?? null)} />
      <div className="experiments-quiet" role="status">
        {isHere ? <p>{stepText(experiment, step)}</p> : <p>Getting ready…</p>}
        {job?.progress && <p>{progressText(job.progress)}</p>}
        <p>Epochs done: {epochsText(experiment)}</p>
      </div>
      {canCancel ? (
        <Tooltip text="What is done so far is kept" action="experiments.cancel" side="left">
          <Button onClick={() => cancel(experiment)}>Cancel</Button>
        </Tooltip>
      ) : (
        <p className="experiments-quiet">It was started elsewhere, and is cancelled there.</p>
      )}
    </div>
  )
}
