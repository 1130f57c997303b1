/** @file What the Train screen shows: which of its parts, in which order. */
import type { FrameState } from '../../../shared/contract/state.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'

/**
 * Where the project's latest training is. `adopted`, `kept`: it is done, and the new network took the
 * place of the one before or not; `stopped`: cancelled or interrupted.
 */
export type Stage = 'loading' | 'before' | 'running' | 'adopted' | 'kept' | 'failed' | 'stopped'

export type Part = 'start' | 'running' | 'result' | 'failure' | 'run' | 'networks'

const stages: Readonly<Record<TrainingState['state'], (training: TrainingState) => Stage>> = {
  running: () => 'running',
  done: ({ adopted }) => (adopted === false ? 'kept' : 'adopted'),
  failed: () => 'failed',
  cancelled: () => 'stopped',
  interrupted: () => 'stopped',
}

const parts: Readonly<Record<Stage, readonly Part[]>> = {
  loading: [],
  before: ['start', 'run', 'networks'],
  running: ['running', 'networks'],
  adopted: ['result', 'run', 'start', 'networks'],
  kept: ['result', 'start', 'run', 'networks'],
  failed: ['failure', 'start', 'networks'],
  stopped: ['failure', 'start', 'networks'],
}

const ends: readonly Part[] = ['result', 'failure']

/** Of the trainings, the latest first; null = they are not known yet. */
export function stageOf(trainings: readonly TrainingState[] | null): Stage {
  if (!trainings) return 'loading'
  const [latest] = trainings
  return latest ? stages[latest.state](latest) : 'before'
}

/** What was painted since comes first: the next training. */
export function partsOf(stage: Stage, hasNewLabels: boolean): readonly Part[] {
  const order = parts[stage]
  if (!hasNewLabels || !order.some((part) => ends.includes(part))) return order
  return ['start', ...order.filter((part) => part !== 'start')]
}

/** How many frames have a label that the training did not learn from. */
export function newLabels(
  frames: readonly FrameState[],
  { labels }: Pick<TrainingState, 'labels'>,
): number {
  const known = new Set(labels.map(({ tape, frame }) => `${tape}/${frame}`))
  return frames.filter(
    ({ label, tape, frame }) => label !== 'none' && !known.has(`${tape}/${frame}`),
  ).length
}
