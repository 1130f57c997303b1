/** @file The experiments that wait, in their order. */
import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'

/** Those that wait in the queue, the next one first. */
export function waitingOf(experiments: readonly ExperimentSummary[]): ExperimentSummary[] {
  return experiments
    .filter(({ state, position }) => position !== null && state !== 'running')
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
}

/** The ids with the one at `from` moved by `step` places; the same where it cannot go further. */
export function moved(ids: readonly number[], from: number, step: -1 | 1): number[] {
  const next = [...ids]
  const to = from + step
  const [here, there] = [ids[from], ids[to]]
  if (here === undefined || there === undefined) return next
  next[from] = there
  next[to] = here
  return next
}
