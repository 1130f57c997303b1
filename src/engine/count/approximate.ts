/** @file Scores of a region from stored probability maps, for regions drawn or moved after the run. */

import { cutCount } from '../../shared/count/types.ts'
import type { Size } from '../../shared/recipe.ts'
import { lowestOdds, oddsOfByte, probabilityOfOdds } from '../infer/map-odds.ts'
import type { PixelSpans, ProbabilityMap } from '../infer/types.ts'
import { type RegionCell, regionCells } from './region-cells.ts'

/** Log-odds are tallied in this many steps; the error of a sum is far below that of the bytes. */
const levels = 2048

const levelsPerUnit = levels / (-2 * lowestOdds)

/** Level of each byte, as a fraction; interpolated between bytes. */
const levelOfByte = oddsOfByte.map((odds) =>
  // The topmost level is open at its upper end.
  Math.min((odds - lowestOdds) * levelsPerUnit, levels - 1e-6),
)

/** Probability in the middle of each level, and the cuts that it reaches. */
const levelProbability = Float64Array.from({ length: levels }, (_, level) =>
  probabilityOfOdds(lowestOdds + (level + 0.5) / levelsPerUnit),
)
const levelCut = Uint8Array.from(levelProbability, (p) => Math.floor(p * cutCount))

/**
 * Scores regions, at the resolution of a picture of `size`, from maps that each cover the whole
 * picture. Returns for each region the sums `[cuts, frames]`, in the order of the maps.
 *
 * @param frames number of maps; their sizes are equal
 */
export function approximateScores(
  maps: Iterable<ProbabilityMap>,
  frames: number,
  regions: readonly PixelSpans[],
  size: Size,
): Float64Array[] {
  const scores = regions.map(() => new Float64Array(cutCount * frames))
  const score = mapScorer(regions, size)
  let position = 0
  for (const map of maps) score(map, scores, position++)
  return scores
}

/** Writes the sums of each region in one map into `scores`, `[cuts, frames]` each, at a position. */
export type MapScorer = (
  map: ProbabilityMap,
  scores: readonly Float64Array[],
  position: number,
) => void

/** As `approximateScores`, one map at a time; the scores are 0 before. */
export function mapScorer(regions: readonly PixelSpans[], size: Size): MapScorer {
  const tally = new Uint32Array(levels)
  let cells: RegionCell[][] | undefined
  return (map, scores, position) => {
    cells ??= regions.map((region) => regionCells(region, size, map))
    for (const [i, sums] of scores.entries()) {
      if (!tallyRegion(cells[i] ?? [], map.data, tally)) continue
      sumFromTally(tally, sums, position)
      tally.fill(0)
    }
  }
}

/**
 * Counts the pixels of a region by level, and says whether there are any: cells that are 0 all over
 * hold nobody and are left out.
 */
function tallyRegion(cells: readonly RegionCell[], data: Uint8Array, tally: Uint32Array): boolean {
  let any = false
  for (const cell of cells) {
    const topLeft = levelAt(data, cell.topLeft)
    const topRight = levelAt(data, cell.topRight)
    const bottomLeft = levelAt(data, cell.bottomLeft)
    const bottomRight = levelAt(data, cell.bottomRight)
    if (topLeft + topRight + bottomLeft + bottomRight === 0) continue
    any = true
    const { pieces, step } = cell
    for (let at = 0; at < pieces.length; at += 3) {
      const down = pieces[at] ?? 0
      const pixels = pieces[at + 2] ?? 0
      const left = topLeft + (bottomLeft - topLeft) * down
      const slope = topRight + (bottomRight - topRight) * down - left
      const advance = slope * step
      let level = left + slope * (pieces[at + 1] ?? 0)
      const first = level | 0
      // Most pieces lie within one level; adding to the same number over and over is slow.
      if (first === ((level + advance * (pixels - 1)) | 0))
        tally[first] = (tally[first] ?? 0) + pixels
      else
        for (let pixel = 0; pixel < pixels; pixel++, level += advance)
          tally[level | 0] = (tally[level | 0] ?? 0) + 1
    }
  }
  return any
}

/** 0 for byte 0. */
function levelAt(data: Uint8Array, offset: number): number {
  return levelOfByte[data[offset] ?? 0] ?? 0
}

/** Writes a frame's sums at every cut; they are 0 before. */
function sumFromTally(tally: Uint32Array, sums: Float64Array, position: number): void {
  const frames = sums.length / cutCount
  for (let level = 0; level < levels; level++) {
    const pixels = tally[level] ?? 0
    if (pixels === 0) continue
    const at = (levelCut[level] ?? 0) * frames + position
    sums[at] = (sums[at] ?? 0) + pixels * (levelProbability[level] ?? 0)
  }
  for (let cut = cutCount - 2; cut >= 0; cut--) {
    const at = cut * frames + position
    sums[at] = (sums[at] ?? 0) + (sums[at + frames] ?? 0)
  }
}
