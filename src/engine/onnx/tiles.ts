/**
 * @file Ways to compute neighbouring results of three taps from fewer products, along one axis; in a
 * picture both axes are done so, and the savings multiply.
 */
import { type MinimalFiltering, minimalFiltering } from './toom-cook.ts'

/** A run of neighbouring results, computed together. */
export interface Tile extends MinimalFiltering {
  /** Results along an axis. */
  results: number
  /** The first pixel that is read, counted from the first result's. */
  first: number
  /** Whether what lies beside the results must be zero: the tile is all that there is. */
  isWhole: boolean
}

/** Winograd's F(results, 3). The most exact points of those tried (±1, ±2, ±1/2 and their kind). */
function minimal(results: number, points: readonly number[]): Tile {
  return { ...minimalFiltering(results, 3, points), results, first: -1, isWhole: false }
}

/**
 * Two pixels a, b with zeros around: (v a + w b, u a + v b) for taps u, v, w from three products,
 * v (a + b), (u − v) a and (w − v) b.
 */
const pair: Tile = {
  input: [
    [1, 1],
    [1, 0],
    [0, 1],
  ],
  kernel: [
    [0, 1, 0],
    [1, -1, 0],
    [0, -1, 1],
  ],
  output: [
    [1, 0, 1],
    [1, 1, 0],
  ],
  results: 2,
  first: 0,
  isWhole: true,
}

export const tileChoices: readonly Tile[] = [
  pair,
  minimal(2, [0, 1, -1]),
  minimal(3, [0, 3 / 4, -3 / 4, 2]),
  minimal(4, [0, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT2, -Math.SQRT2]),
  minimal(6, [0, 1 / 2, -1 / 2, 1, -1, 7 / 4, -7 / 4]),
]

/** Tiles along an axis of `length` pixels, every `dilation`-th of which belongs together; 0 = it does not suit. */
export function tilesAlong(tile: Tile, length: number, dilation: number): number {
  const along = Math.ceil(Math.ceil(length / dilation) / tile.results)
  return tile.isWhole && along > 1 ? 0 : along
}
