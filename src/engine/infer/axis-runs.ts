/**
 * @file Where the pixels of the project's picture lie in the network's output, one axis at a time.
 *
 * Half-pixel centres: pixel i lies at u = start + (i + 0.5) * cover / pixels - 0.5, clamped to the
 * outermost grid points (bilinear interpolation of PyTorch with align_corners=false).
 */

/** Along one axis, the part of the network's output that the picture covers, in grid units. */
export interface AxisCover {
  /** Number of grid points. */
  points: number
  /** Where the picture's first edge lies; 0 unless the network's input is padded. */
  start: number
  /** Length of the picture; `points` unless the input is padded. */
  cover: number
}

/** Consecutive pixels between the same two grid points, at even distances. */
export interface AxisRun {
  first: number
  /** The pixel after the last. */
  end: number
  /** Grid points before and after; the same one at a clamped edge. */
  low: number
  high: number
  /** Weight of `high` at pixel `first`, and its increase per pixel. */
  weight: number
  step: number
}

/** Runs are cut here, which bounds the rounding errors in progressions.ts. */
export const longestRun = 32

/** Position of a pixel's centre on the grid, in grid points, not clamped. */
export function gridPosition(pixel: number, pixels: number, axis: AxisCover): number {
  return axis.start + ((pixel + 0.5) * axis.cover) / pixels - 0.5
}

/** All pixels of an axis as runs, in order and without gaps. */
export function axisRuns(pixels: number, axis: AxisCover): AxisRun[] {
  const last = axis.points - 1
  const runs: AxisRun[] = []
  for (let pixel = 0; pixel < pixels; pixel++) {
    const position = gridPosition(pixel, pixels, axis)
    const clamped = position <= 0 || position >= last
    const low = clamped ? (position <= 0 ? 0 : last) : Math.floor(position)
    const high = clamped ? low : low + 1
    const run = runs.at(-1)
    if (run && run.low === low && run.high === high && run.end - run.first < longestRun) {
      run.end = pixel + 1
      continue
    }
    const weight = clamped ? 0 : position - low
    const step = clamped ? 0 : axis.cover / pixels
    runs.push({ first: pixel, end: pixel + 1, low, high, weight, step })
  }
  return runs
}
