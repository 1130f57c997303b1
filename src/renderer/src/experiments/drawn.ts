/** @file Which experiments are drawn over each other, and in which colour each. */
import type { ExperimentSummary } from '../../../shared/contract/experiments.ts'

/** Colours of tokens.css, told apart in both themes and by those who see few colours. */
export const seriesColours = [
  'series-a',
  'series-b',
  'series-c',
  'series-d',
  'series-e',
  'series-f',
  'series-g',
  'series-h',
] as const

/** More lines than that cannot be told apart. */
export const mostDrawn = seriesColours.length

/** Until the user says so, the latest few that have begun are drawn. */
const usuallyDrawn = 4

const hasBegun = ({ state, runs }: ExperimentSummary): boolean =>
  state === 'running' || runs.some((run) => run.epochsDone > 0)

/** Ids of those that are drawn, in the order of the list. `chosen` null = the user has said nothing. */
export function drawnOf(
  experiments: readonly ExperimentSummary[],
  chosen: ReadonlySet<number> | null,
): number[] {
  const ids = experiments.map(({ id }) => id)
  if (chosen) return ids.filter((id) => chosen.has(id)).slice(0, mostDrawn)
  return experiments
    .filter(hasBegun)
    .slice(0, usuallyDrawn)
    .map(({ id }) => id)
}

/**
 * The colour of each that is drawn. One keeps the colour that it had; a new one gets the first that is
 * free.
 */
export function colours(
  drawn: readonly number[],
  before: ReadonlyMap<number, string>,
): ReadonlyMap<number, string> {
  const kept = new Map([...before].filter(([id]) => drawn.includes(id)))
  for (const id of [...drawn].sort((a, b) => a - b)) {
    if (kept.has(id)) continue
    const taken = new Set(kept.values())
    kept.set(id, seriesColours.find((colour) => !taken.has(colour)) ?? seriesColours[0])
  }
  return kept
}
