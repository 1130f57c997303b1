/**
 * @file CVAT's run lengths of masks: how many pixels of the mask's rectangle are not of the thing,
 * are, are not, …, row by row (cvat-ai/cvat, cvat-core/src/object-utils.ts, mask2Rle and rle2Mask).
 */
import { AppError } from '../../../shared/errors.ts'
import type { Box, Raster } from '../annotated-set.ts'

/** The run lengths of a raster; the first is of pixels that are not of the thing, and may be 0. */
export function rowRunsOf({ data }: Raster): number[] {
  const counts: number[] = []
  let [start, value] = [0, 0]
  for (let at = 0; at < data.length; at++) {
    if (data[at] === value) continue
    counts.push(at - start)
    start = at
    value = 1 - value
  }
  counts.push(data.length - start)
  return counts
}

/**
 * The raster of run lengths in a rectangle.
 *
 * @throws AppError `bad-dataset` where they do not add up to the rectangle
 */
export function rasterOfRows(counts: readonly number[], { x, y, width, height }: Box): Raster {
  const pixels = counts.reduce((sum, count) => sum + count, 0)
  if (pixels !== width * height)
    throw new AppError(
      'bad-dataset',
      `run lengths of ${pixels} pixels for a mask of ${width}x${height}, which has ${width * height}`,
      'Export the annotations from CVAT again.',
    )
  const data = new Uint8Array(pixels)
  let at = 0
  for (const [i, count] of counts.entries()) {
    if (i % 2 === 1) data.fill(1, at, at + count)
    at += count
  }
  return { x, y, width, height, data }
}
