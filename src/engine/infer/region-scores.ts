/**
 * @file The exact scores of a frame: for each region and cut, the sum of person probability at the
 * project's resolution over the region's pixels whose probability reaches the cut.
 */

import { cutCount } from '../../shared/count/types.ts'
import type { Size } from '../../shared/recipe.ts'
import type { OutputShape } from './network-output.ts'
import { personProbability } from './person-probability.ts'
import type { BlockTarget } from './picture-block.ts'
import { type GridCover, type SpanRange, scorePlan } from './score-plan.ts'
import type { PixelSpans } from './types.ts'

/**
 * A probability reaches a cut when it is less than this below it: one that equals a cut on paper
 * (0.5 where two logits are equal) does so whatever the rounding of the exponentials.
 */
export const cutTolerance = 1e-10

/** Bins between the cuts, and one more for a probability of exactly 1. */
const binCount = cutCount + 1

/** Scores the network's answer for one picture; the result is `[regions, cuts]`. */
export type RegionScorer = (values: Float32Array) => Float64Array

/**
 * Prepares the scoring of pictures of `size`, on which the network's answer lies as `cover` says.
 * Probabilities are computed only where there are regions; all sums are in float64.
 */
export function regionScorer(
  shape: OutputShape,
  size: Size,
  cover: GridCover,
  regions: readonly PixelSpans[],
): RegionScorer {
  const bands = scorePlan(size, cover, regions)
  const probability = personProbability(shape)
  const tallest = bands.reduce((most, { rows }) => Math.max(most, rows.end - rows.first), 0)
  const picture = { data: new Float64Array(tallest * size.width), stride: size.width, offset: 0 }
  const bins = regions.map(() => new Float64Array(binCount))

  return (values) => {
    for (const bin of bins) bin.fill(0)
    for (const { rows, columns, spans } of bands) {
      for (const column of columns) {
        picture.offset = column.first
        probability(values, { x: column, y: rows }, picture)
      }
      regions.forEach((region, index) => {
        const range = spans[index]
        const bin = bins[index]
        if (range && bin) addSpans(region, range, picture, rows.first, bin)
      })
    }
    return sumsFromBins(bins)
  }
}

/** Adds the probabilities of some spans of a region to its bins. */
function addSpans(
  { spans }: PixelSpans,
  range: SpanRange,
  band: BlockTarget,
  firstRow: number,
  bins: Float64Array,
): void {
  const { data, stride } = band
  for (let span = range.from * 3; span < range.to * 3; span += 3) {
    const row = ((spans[span] ?? 0) - firstRow) * stride
    const end = row + (spans[span + 2] ?? 0)
    // Most pixels lie below the first cut; their sum stays in a register.
    let lowest = 0
    for (let at = row + (spans[span + 1] ?? 0); at < end; at++) {
      const scaled = ((data[at] ?? 0) + cutTolerance) * cutCount
      if (scaled < 1) lowest += data[at] ?? 0
      else bins[scaled | 0] = (bins[scaled | 0] ?? 0) + (data[at] ?? 0)
    }
    bins[0] = (bins[0] ?? 0) + lowest
  }
}

/** Sums over all bins from each cut upwards. */
function sumsFromBins(bins: readonly Float64Array[]): Float64Array {
  const sums = new Float64Array(bins.length * cutCount)
  bins.forEach((bin, region) => {
    let sum = bin[cutCount] ?? 0
    for (let cut = cutCount - 1; cut >= 0; cut--) {
      sum += bin[cut] ?? 0
      sums[region * cutCount + cut] = sum
    }
  })
  return sums
}
