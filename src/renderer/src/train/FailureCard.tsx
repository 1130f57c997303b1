import type { TrainingState } from '../../../shared/contract/training.ts'
import { fromWireError } from '../../../shared/rpc.ts'
import { number } from '../format.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { WarningIcon } from '../ui/icons.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { Curves } from './Curves.tsx'
import { obstacleOf } from './obstacles.ts'
import { progressOf } from './progress.ts'
import type { Starting } from './use-start.ts'
import './Verdict.css'

type Ending = 'failed' | 'cancelled' | 'interrupted'

const titles: Readonly<Record<Ending, string>> = {
  failed: 'The training failed',
  cancelled: 'The training was cancelled',
  interrupted: 'The training was interrupted: the program ended while it was under way',
}

function endingOf({ state }: TrainingState): Ending {
  return state === 'cancelled' || state === 'interrupted' ? state : 'failed'
}

/** How far it came, and what can be done with that. */
function keptText(training: TrainingState): string {
  if (!training.resumable) return 'It cannot go on from here; start anew below.'
  const { iteration, iterations, part, parts, share } = progressOf(training)
  if (share === 0) return 'It had not begun to learn. It can go on from there.'
  const where = parts > 1 ? ` of part ${part} of ${parts}` : ''
  return `It came to iteration ${number(iteration)} of ${number(iterations)}${where}. What is done is kept: it can go on, and then ends as it would have.`
}

/** A training that did not come to its end. */
export function FailureCard({
  training,
  starting,
}: {
  training: TrainingState
  starting: Starting
}) {
  const { mode } = useProject()
  const { resumable, parts } = training
  const error = training.error && obstacleOf(fromWireError(training.error)).error
  const ending = endingOf(training)
  const canResume = resumable && mode === 'write' && starting.waiting === null
  useAction('train.start', starting.resume, canResume)
  return (
    <section className="train-card" aria-labelledby="train-failure">
      <header className="train-card-head">
        <span className="train-verdict-icon" data-tone={ending === 'cancelled' ? 'unknown' : 'bad'}>
          <WarningIcon />
        </span>
        <div className="train-verdict">
          <h2 className="train-title" id="train-failure">
            {titles[ending]}
          </h2>
          {error && ending === 'failed' && (
            <p>
              <Prose text={`${sentence(error.message)} ${error.hint}`} />
            </p>
          )}
          <p className="train-quiet">{keptText(training)}</p>
        </div>
        {resumable && (
          <Button kind="primary" size="large" disabled={!canResume} onClick={starting.resume}>
            {starting.waiting ?? (ending === 'failed' ? 'Try again' : 'Go on')}
          </Button>
        )}
      </header>
      {parts.some(({ steps }) => steps.length > 0) && (
        <details className="train-advanced">
          <summary className="train-subtitle">How it went</summary>
          <Curves training={training} />
        </details>
      )}
    </section>
  )
}
