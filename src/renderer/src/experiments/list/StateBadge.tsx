import type { ExperimentState } from '../../../../shared/experiment.ts'
import { stateWords } from '../words.ts'

/** How an experiment stands, in a word. */
export function StateBadge({ state }: { state: ExperimentState }) {
  return (
    <span className="experiment-state" data-state={state}>
      {stateWords[state]}
    </span>
  )
}
