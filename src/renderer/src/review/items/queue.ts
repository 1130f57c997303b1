/** @file In which order frames are looked at, and how many are left. */
import type { Stretches } from '../../../../shared/count/stretches.ts'
import { placeOf } from '../search.ts'
import { isOccupied } from '../timeline/columns.ts'
import { unreviewedStretches } from './events.ts'
import type { DoubtItem } from './item.ts'

/** Whether a frame of a region was answered. */
export type HasAnswer = (region: number, frame: number) => boolean

/** Doubts that still wait for an answer; those that were answered here stay in their places. */
export function openDoubts(doubts: readonly DoubtItem[], hasAnswer: HasAnswer): DoubtItem[] {
  return doubts.filter(({ region, frame }) => !hasAnswer(region, frame))
}

/**
 * The next item after a place that waits for an answer, round the end to the start; -1 where none
 * does. `from` -1 begins at the first.
 */
export function nextOpen(count: number, from: number, isOpen: (index: number) => boolean): number {
  for (let step = 1; step <= count; step++) {
    const index = (from + step + count) % count
    if (isOpen(index)) return index
  }
  return -1
}

export interface LeftToReview {
  stretches: Stretches
  /** Positions that were answered in the region, ascending. */
  answered: readonly number[]
  /** Frames of the run, by position. */
  frames: Uint32Array
  /** Of this region, without an answer. */
  doubts: readonly DoubtItem[]
}

/** What is left to look at in a region: its events, and doubtful frames outside of them. */
export function leftToReview({ stretches, answered, frames, doubts }: LeftToReview): number {
  const outside = doubts.filter(({ frame }) => {
    const position = placeOf(frames, frame)
    return position >= 0 && !isOccupied(stretches, position)
  })
  return unreviewedStretches(stretches, answered) + outside.length
}
