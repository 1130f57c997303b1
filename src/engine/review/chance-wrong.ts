/**
 * @file How likely the answer about a frame is wrong, by what can be seen without looking at it. The
 * numbers order a queue; they are judgement, not measurement.
 */
import type { Doubt } from '../../shared/contract/reviews.ts'
import type { Stretches } from '../../shared/count/stretches.ts'
import { doubtDistance } from '../labels/doubtful.ts'
import { differenceChances } from './difference-chances.ts'

export type DoubtReason = Doubt['why']

export interface DoubtInput {
  /** Sums at the rule's cut, one a position. */
  scores: Float64Array
  threshold: number
  /** What is counted: after enter and leave times. */
  occupied: Stretches
  /** Pixels that differ from the background; NaN = not known, null = nothing is known. */
  difference: Float64Array | null
  /** The longest stretch, in positions, that is taken for flicker. */
  flicker: number
}

/** For each position the chance that its answer is wrong by each reason, and by any of them. */
export interface Chances {
  any: Float64Array
  /** Index into `reasons` of the strongest. */
  why: Uint8Array
}

/** In the order in which equally strong ones are told. */
export const reasons: readonly DoubtReason[] = ['threshold', 'flicker', 'difference']

/** At the threshold either answer is as likely; at a factor of 1.4 one in four is wrong. */
const halfDistance = 0.35

const thresholdChance = (score: number, threshold: number): number =>
  0.5 / (1 + (doubtDistance(score, threshold) / halfDistance) ** 2)

/** Nobody comes and goes within one frame; the longer a stretch, the less is that to say. */
const flickerChance = (length: number, longest: number): number =>
  0.8 * (1 - (length - 1) / (2 * longest))

/** Chances by short stretches, and by short gaps between two stretches. */
function flickerChances(occupied: Stretches, positions: number, longest: number): Float64Array {
  const chances = new Float64Array(positions)
  const mark = (from: number, to: number): void => {
    const length = to - from
    if (length > 0 && length <= longest) chances.fill(flickerChance(length, longest), from, to)
  }
  let before: number | null = null
  for (let i = 0; i < occupied.length; i += 2) {
    const [first = 0, last = 0] = [occupied[i], occupied[i + 1]]
    // One at an edge of the run may go on beyond it.
    if (first > 0 && last < positions - 1) mark(first, last + 1)
    if (before !== null) mark(before + 1, first)
    before = last
  }
  return chances
}

/** Reasons are taken as independent of each other: any of them may make the answer wrong. */
export function chancesWrong(input: DoubtInput): Chances {
  const { scores, threshold, occupied, flicker } = input
  const flickers = flickerChances(occupied, scores.length, flicker)
  const differences = differenceChances(input)
  const any = new Float64Array(scores.length)
  const why = new Uint8Array(scores.length)
  for (let position = 0; position < scores.length; position++) {
    const near = thresholdChance(scores[position] ?? 0, threshold)
    const short = flickers[position] ?? 0
    const differs = differences?.[position] ?? 0
    any[position] = 1 - (1 - near) * (1 - short) * (1 - differs)
    why[position] = differs > Math.max(near, short) ? 2 : short > near ? 1 : 0
  }
  return { any, why }
}
