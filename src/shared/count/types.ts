/** @file The words of counting: scores in, occupied frames and events out. */

/** Lower cuts of the probability: 0, 0.05 … 0.95. `sums[cut * frames + frame]`. */
export const cuts: readonly number[] = Array.from({ length: 20 }, (_, i) => i / 20)
export const cutCount = cuts.length

/** Frames of one stored block of scores. */
export const blockFrames = 512

export interface CountRule {
  /** A frame is occupied when its sum is strictly greater. Pixels of probability. */
  threshold: number
  /** Only pixels with at least this probability are summed; one of `cuts`. */
  cut: number
  /** Occupied stretches shorter than this many frames are dropped (after gaps were filled). */
  enter: number
  /** Gaps of at most this many frames between occupied frames are filled. */
  leave: number
}

/** A maximal occupied stretch, by position in the run's list of frames; both ends included. */
export interface OccupiedEvent {
  first: number
  last: number
}
