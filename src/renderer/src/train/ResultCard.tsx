import type { TrainingState } from '../../../shared/contract/training.ts'
import { ago, count } from '../format.ts'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { CheckIcon, InfoIcon, WarningIcon } from '../ui/icons.tsx'
import { shortened } from '../ui/shortened.ts'
import { Comparison } from './Comparison.tsx'
import { Curves } from './Curves.tsx'
import { useActivate, useModels } from './networks-context.ts'
import { Scores } from './Scores.tsx'
import { type Verdict, verdictOf } from './verdict.ts'
import './Verdict.css'

const icons: Readonly<Record<Verdict['tone'], typeof CheckIcon>> = {
  good: CheckIcon,
  bad: WarningIcon,
  unknown: InfoIcon,
}

/** Characters of a network's name on a button. */
const longestName = 36

/** Changes between the network before and the new one, whichever is in use. */
function OtherNetwork({ training }: { training: TrainingState }) {
  const { mode, state } = useProject()
  const models = useModels()
  const activate = useActivate()
  const isNew = state.model.id === training.model
  const other = models.find(({ id }) => id === (isNew ? training.base.id : training.model))
  if (!other) return null
  return (
    <Button disabled={mode === 'read'} title={other.name} onClick={() => void activate(other)}>
      {isNew
        ? `Go back to ${shortened(other.name, longestName)}`
        : training.adopted === false
          ? 'Use it anyway'
          : 'Use the new network'}
    </Button>
  )
}

/** What came of the last training. */
export function ResultCard({ training }: { training: TrainingState }) {
  const { state } = useProject()
  const { tone, title, text } = verdictOf({ training, active: state.model })
  const VerdictIcon = icons[tone]
  const when = training.finishedAt === null ? '' : ago(new Date(training.finishedAt), new Date())
  return (
    <section className="train-card" aria-labelledby="train-result">
      <header className="train-card-head">
        <span className="train-verdict-icon" data-tone={tone}>
          <VerdictIcon />
        </span>
        <div className="train-verdict">
          <h2 className="train-title" id="train-result">
            {title}
          </h2>
          <p>{text}</p>
          <p className="train-quiet">
            Learnt from {count(training.labels.length, 'painted frame')}, {when}.
          </p>
        </div>
        <OtherNetwork training={training} />
      </header>
      <Scores training={training} />
      {training.warnings.length > 0 && training.selection && (
        <p className="train-quiet">{training.warnings.join(' ')}</p>
      )}
      {training.heldOut.length > 0 && <Comparison training={training} />}
      <details className="train-advanced">
        <summary className="train-subtitle">How it went</summary>
        <Curves training={training} />
      </details>
    </section>
  )
}
