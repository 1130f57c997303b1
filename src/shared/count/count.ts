/** @file Counts: in how many frames, and in which stretches, somebody is in a region. */
import { checkRule } from './rule.ts'
import { occupiedPositions, occupiedStretches, type Stretches, union } from './stretches.ts'
import type { CountRule } from './types.ts'

/** What counting needs of a region. */
export interface RegionScores {
  /** Its sums at the rule's cut, one a position of the run. */
  sums: Float64Array
  /** Threshold of its own, in pixels of probability; null = the rule's. */
  threshold: number | null
  /** Regions of one group also count together. */
  group: string | null
}

export interface Count {
  /** Positions that were looked at. */
  frames: number
  occupied: number
  /** Occupied of all positions, 0 … 1. */
  share: number
  /** Occupied stretches; `toEvents` and `toFlags` give them other forms. */
  stretches: Stretches
}

function countOf(stretches: Stretches, frames: number): Count {
  const occupied = occupiedPositions(stretches)
  return { frames, occupied, share: frames > 0 ? occupied / frames : 0, stretches }
}

/**
 * Counts each region by itself.
 * @throws AppError `bad-value` when the rule is none
 */
export function countRun(regions: readonly RegionScores[], rule: CountRule): Count[] {
  const checked = checkRule(rule)
  return regions.map(({ sums, threshold }) =>
    countOf(
      occupiedStretches(sums, { ...checked, threshold: threshold ?? checked.threshold }),
      sums.length,
    ),
  )
}

/** Counts each group: occupied where any of its regions is, after the rule was applied to each. */
export function countGroups(
  regions: readonly Pick<RegionScores, 'group'>[],
  counts: readonly Count[],
): Map<string, Count> {
  const members = new Map<string, Count[]>()
  for (const [i, { group }] of regions.entries()) {
    const count = counts[i]
    if (group !== null && count) members.set(group, [...(members.get(group) ?? []), count])
  }
  return new Map(
    [...members].map(([group, list]) => [
      group,
      countOf(
        union(list.map((count) => count.stretches)),
        Math.max(...list.map((count) => count.frames)),
      ),
    ]),
  )
}
