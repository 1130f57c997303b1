/** @file The events of a region, as cards show them. */
import type { Stretches } from '../../../../shared/count/stretches.ts'
import { lowerBound } from '../search.ts'
import type { EventItem } from './item.ts'

export interface EventSource {
  /** Id of the region. */
  region: number
  sums: Float64Array
  stretches: Stretches
  /** Frames of the run, by position. */
  frames: Uint32Array
}

/** Each event with the frame of its highest score, which shows best what it is about. */
export function eventItems({ region, sums, stretches, frames }: EventSource): EventItem[] {
  const items: EventItem[] = []
  for (let i = 0; i < stretches.length; i += 2) {
    const [first = 0, last = 0] = [stretches[i], stretches[i + 1]]
    let top = first
    for (let position = first; position <= last; position++)
      if ((sums[position] ?? 0) > (sums[top] ?? 0)) top = position
    items.push({
      ...{ kind: 'event', key: `event ${region} ${first}`, region, first, last },
      frame: frames[top] ?? 0,
      peak: sums[top] ?? 0,
    })
  }
  return items
}

/** How many stretches hold none of the positions that were answered (ascending). */
export function unreviewedStretches(stretches: Stretches, answered: readonly number[]): number {
  let left = stretches.length / 2
  for (let i = 0; i < stretches.length; i += 2) {
    const next = answered[lowerBound(answered, stretches[i] ?? 0)]
    if (next !== undefined && next <= (stretches[i + 1] ?? 0)) left -= 1
  }
  return left
}

/** Whether any of the positions that were answered (ascending) lies from `first` to `last`. */
export function isReviewed(
  { first, last }: { first: number; last: number },
  answered: readonly number[],
): boolean {
  const next = answered[lowerBound(answered, first)]
  return next !== undefined && next <= last
}
