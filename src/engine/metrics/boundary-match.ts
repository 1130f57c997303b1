/** @file How many pixels of one boundary have the other one near. */
import type { Size } from '../../shared/recipe.ts'
import { countNear } from './near-pixels.ts'

/** The rectangle around some pixels of a picture `width` pixels wide. */
interface Window extends Size {
  x: number
  y: number
}

function windowOf(lists: readonly Int32Array[], width: number): Window {
  let [left, right, top, bottom] = [width, 0, Number.POSITIVE_INFINITY, 0]
  for (const list of lists)
    for (const position of list) {
      const x = position % width
      const y = (position - x) / width
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** Positions in a picture as positions in a window of it. */
function within({ x, y, width: wide }: Window, positions: Int32Array, width: number): Int32Array {
  return positions.map((position) => {
    const column = position % width
    return ((position - column) / width - y) * wide + column - x
  })
}

/** The positions as marks in a picture. */
function marks(positions: Int32Array, { width, height }: Size): Uint8Array {
  const marked = new Uint8Array(width * height)
  for (const position of positions) marked[position] = 1
  return marked
}

export interface BoundaryMatch {
  /** Pixels of the predicted boundary that are nearer than the tolerance to the true one. */
  predictedNear: number
  /** Pixels of the true boundary that are nearer than the tolerance to the predicted one. */
  truthNear: number
}

/**
 * Compares two boundaries, given as positions in a picture `width` pixels wide. Only the rectangle
 * around both is looked at.
 * @param tolerance in pixels; a distance has to be smaller
 */
export function matchBoundaries(
  truth: Int32Array,
  predicted: Int32Array,
  width: number,
  tolerance: number,
): BoundaryMatch {
  if (truth.length === 0 || predicted.length === 0) return { predictedNear: 0, truthNear: 0 }
  const window = windowOf([truth, predicted], width)
  const [ours, theirs] = [within(window, truth, width), within(window, predicted, width)]
  return {
    predictedNear: countNear(theirs, marks(ours, window), window, tolerance),
    truthNear: countNear(ours, marks(theirs, window), window, tolerance),
  }
}
