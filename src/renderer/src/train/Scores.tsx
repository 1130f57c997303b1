import type { TrainingState } from '../../../shared/contract/training.ts'
import { overlapGloss, overlapText } from './verdict.ts'
import './Scores.css'

/** How well each network finds what was painted on the held-out frames, as far as it is known. */
export function Scores({ training }: { training: Pick<TrainingState, 'selection'> }) {
  const { selection } = training
  if (!selection) return null
  const [before, after] = [selection.base.personIou, selection.new.personIou]
  return (
    <div className="train-scores">
      <p className="train-scores-line">
        Overlap with your masks: <strong>{overlapText(before)}</strong> before,{' '}
        <strong data-better={after > before}>{overlapText(after)}</strong> after
      </p>
      <p className="train-quiet">{overlapGloss}</p>
    </div>
  )
}
