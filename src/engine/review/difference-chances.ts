/** @file Where the network and the difference from the background disagree. */
import { toFlags } from '../../shared/count/stretches.ts'
import { blockFrames } from '../../shared/count/types.ts'
import type { DoubtInput } from './chance-wrong.ts'

/** With fewer empty frames a stretch of the tape does not say what is usual there. */
const fewestEmpty = 16

function median(values: readonly number[] | Float64Array): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[sorted.length >> 1] ?? 0
}

/**
 * What differs when nobody is there, block by block: light wanders over a day and chairs are moved.
 * The median over the frames counted as empty in a block and in its neighbours.
 */
function usualDifference(difference: Float64Array, occupied: Uint8Array): Float64Array {
  const blocks = Math.ceil(difference.length / blockFrames)
  const medians = Array.from({ length: blocks }, (_, block) => {
    const from = block * blockFrames
    const empty = difference
      .subarray(from, from + blockFrames)
      .filter((pixels, i) => !Number.isNaN(pixels) && occupied[from + i] === 0)
    return empty.length < fewestEmpty ? Number.NaN : median(empty)
  })
  const known = (list: readonly number[]) => list.filter((pixels) => !Number.isNaN(pixels))
  const everywhere = median(known(medians))
  return Float64Array.from(medians, (_, block) => {
    const near = known(medians.slice(Math.max(0, block - 1), block + 2))
    return near.length === 0 ? everywhere : median(near)
  })
}

/** Whether people show in the difference at all: somebody who never moves is in the background. */
function showsPeople(
  { scores, threshold }: DoubtInput,
  beyondUsual: (position: number) => number,
): boolean {
  const sure: number[] = []
  for (let position = 0; position < scores.length; position++)
    if ((scores[position] ?? 0) > 2 * threshold) sure.push(beyondUsual(position))
  const known = sure.filter((pixels) => !Number.isNaN(pixels))
  return known.length > 0 && median(known) > threshold / 2
}

/** Counted as empty, though more than a person's pixels differ: up to 0.9. */
function missedChance(pixels: number, threshold: number): number {
  const factor = Math.log((pixels + 1) / (threshold + 1))
  return factor > 0 ? 0.9 * (1 - Math.exp(-1.5 * factor)) : 0
}

/** Counted as occupied, though next to nothing differs: up to 0.7, for people do keep still. */
function inventedChance(pixels: number, threshold: number): number {
  const factor = Math.log((threshold / 2 + 1) / (pixels + 1))
  return factor > 0 ? 0.7 * (1 - Math.exp(-factor)) : 0
}

/** For each position the chance that the answer is wrong, by what differs; null where nothing is known. */
export function differenceChances(input: DoubtInput): Float64Array | null {
  const { scores, threshold, difference } = input
  if (!difference) return null
  const occupied = toFlags(input.occupied, scores.length)
  const usual = usualDifference(difference, occupied)
  const beyondUsual = (position: number): number =>
    (difference[position] ?? Number.NaN) - (usual[Math.floor(position / blockFrames)] ?? 0)
  const isTold = showsPeople(input, beyondUsual)
  return Float64Array.from(scores, (_, position) => {
    const pixels = Math.max(0, beyondUsual(position))
    if (Number.isNaN(pixels)) return 0
    if (occupied[position] === 0) return missedChance(pixels, threshold)
    return isTold ? inventedChance(pixels, threshold) : 0
  })
}
