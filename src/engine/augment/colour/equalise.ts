/** @file Histogram equalisation: every level becomes as frequent as it can, as OpenCV's equalizeHist. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Draw } from '../step.ts'
import { changePlanes, histogramOf } from './planes.ts'

/** New levels by old ones: the least that occurs becomes 0, the greatest 255. */
function levelsOf(counts: Uint32Array, pixels: number): Uint8ClampedArray {
  const first = counts.findIndex((count) => count > 0)
  const least = counts[first] ?? 0
  const levels = new Uint8ClampedArray(256).fill(first)
  if (least === pixels) return levels
  const scale = 255 / (pixels - least)
  let sum = 0
  for (let level = first + 1; level < 256; level++) {
    sum += counts[level] ?? 0
    levels[level] = sum * scale
  }
  levels[first] = 0
  return levels
}

/** Equalises `[height, width]` levels; a plane of one level stays as it is. */
export function equalisePlane(plane: Uint8Array): Uint8Array {
  const levels = levelsOf(histogramOf(plane), plane.length)
  const result = new Uint8Array(plane.length)
  for (let pixel = 0; pixel < result.length; pixel++) result[pixel] = levels[plane[pixel] ?? 0] ?? 0
  return result
}

export const equalise: Draw<Operations['equalise']> = ({ on }) => ({
  values: {},
  steps: [{ does: 'paint', paint: (sample) => changePlanes(sample, on, equalisePlane) }],
})
