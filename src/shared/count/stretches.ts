/**
 * @file Occupied stretches: pairs (first position, last position) in one array, ascending, both ends
 * included, with at least one free position between two of them.
 */
import type { CountRule, OccupiedEvent } from './types.ts'

export type Stretches = Uint32Array

/**
 * The occupied stretches of a region: sums above the threshold, then gaps of at most `leave`
 * positions filled, then stretches shorter than `enter` dropped.
 */
export function occupiedStretches(
  sums: Float64Array,
  { threshold, enter, leave }: Pick<CountRule, 'threshold' | 'enter' | 'leave'>,
): Stretches {
  return dropShort(fillGaps(above(sums, threshold), leave), enter)
}

/** Maximal stretches of sums that are strictly greater than the threshold. */
function above(sums: Float64Array, threshold: number): Stretches {
  const bounds = new Uint32Array(sums.length + 1)
  let used = 0
  let occupied = false
  for (let position = 0; position < sums.length; position++) {
    const now = (sums[position] ?? 0) > threshold
    if (now === occupied) continue
    bounds[used++] = now ? position : position - 1
    occupied = now
  }
  if (occupied) bounds[used++] = sums.length - 1
  return bounds.slice(0, used)
}

/** Joins stretches with at most `leave` positions between them. */
function fillGaps(stretches: Stretches, leave: number): Stretches {
  if (leave === 0 || stretches.length === 0) return stretches
  const joined = new Uint32Array(stretches.length)
  let used = 0
  for (let i = 0; i < stretches.length; i += 2) {
    const [first = 0, last = 0] = [stretches[i], stretches[i + 1]]
    const gap = used > 0 ? first - (joined[used - 1] ?? 0) - 1 : Number.POSITIVE_INFINITY
    if (gap > leave) {
      joined[used] = first
      used += 2
    }
    joined[used - 1] = last
  }
  return joined.slice(0, used)
}

/** Keeps stretches of at least `enter` positions. */
function dropShort(stretches: Stretches, enter: number): Stretches {
  if (enter <= 1) return stretches
  const kept = new Uint32Array(stretches.length)
  let used = 0
  for (let i = 0; i < stretches.length; i += 2) {
    const [first = 0, last = 0] = [stretches[i], stretches[i + 1]]
    if (last - first + 1 < enter) continue
    kept[used] = first
    kept[used + 1] = last
    used += 2
  }
  return kept.slice(0, used)
}

/** Number of positions inside the stretches. */
export function occupiedPositions(stretches: Stretches): number {
  let count = 0
  for (let i = 0; i < stretches.length; i += 2)
    count += (stretches[i + 1] ?? 0) - (stretches[i] ?? 0) + 1
  return count
}

/** One byte a position: 1 = occupied. */
export function toFlags(stretches: Stretches, positions: number): Uint8Array {
  const flags = new Uint8Array(positions)
  for (let i = 0; i < stretches.length; i += 2)
    flags.fill(1, stretches[i] ?? 0, (stretches[i + 1] ?? 0) + 1)
  return flags
}

export function toEvents(stretches: Stretches): OccupiedEvent[] {
  return Array.from({ length: stretches.length / 2 }, (_, event) => ({
    first: stretches[2 * event] ?? 0,
    last: stretches[2 * event + 1] ?? 0,
  }))
}

/** Positions that lie in any of the lists. */
export function union(lists: readonly Stretches[]): Stretches {
  const pairs = lists.flatMap(toEvents).sort((a, b) => a.first - b.first)
  const joined: number[] = []
  for (const { first, last } of pairs) {
    const end = joined.at(-1)
    // Neighbours without a free position between them are one stretch.
    if (end !== undefined && first <= end + 1) joined[joined.length - 1] = Math.max(end, last)
    else joined.push(first, last)
  }
  return Uint32Array.from(joined)
}
