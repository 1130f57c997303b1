/** @file What lies within a distance of a class, exactly. */
import type { ClassMask } from '../../../../shared/mask.ts'
import { type Grid, isOpen } from './grid.ts'
import type { Rect } from './rect.ts'

export interface ReachOptions {
  index: number
  /** Whether distances are to the class, or to all that is not of it. */
  toClass: boolean
  /** In pixels, 1 … 254. */
  radius: number
}

/**
 * The pixels of a part of the mask that are at most `radius` away (Euclidean, between middles) from a
 * source in that part; the picture's edge is none. Time does not depend on the radius: distances along
 * columns first, then each pixel of a row reaches as far to both sides as its column's distance leaves.
 */
export function withinReach(mask: ClassMask, part: Rect, options: ReachOptions): Grid {
  const gaps = columnDistances(mask, part, options)
  const halves = Int32Array.from({ length: options.radius + 2 }, (_, gap) =>
    gap > options.radius ? -1 : Math.floor(Math.sqrt(options.radius ** 2 - gap ** 2)),
  )
  const { width, height } = part
  const near = new Uint8Array(gaps.length)
  for (let row = 0; row < height; row++) {
    const start = row * width
    for (let x = 0, reach = -1; x < width; x++) {
      const half = halves[gaps[start + x] ?? 0] ?? -1
      if (half >= 0 && x + half > reach) reach = x + half
      if (x <= reach) near[start + x] = isOpen
    }
    for (let x = width - 1, reach = width; x >= 0; x--) {
      const half = halves[gaps[start + x] ?? 0] ?? -1
      if (half >= 0 && x - half < reach) reach = x - half
      if (x >= reach) near[start + x] = isOpen
    }
  }
  return near
}

/** Pixels up or down to the nearest source in the column; `radius + 1` where that is farther. */
function columnDistances(
  { width: stride, data }: ClassMask,
  part: Rect,
  { index, toClass, radius }: ReachOptions,
): Uint8Array {
  const { width, height } = part
  const far = radius + 1
  const gaps = new Uint8Array(width * height).fill(far)
  for (let y = 0; y < height; y++) {
    const from = (part.y + y) * stride + part.x
    const to = y * width
    for (let x = 0; x < width; x++) {
      if ((data[from + x] === index) === toClass) gaps[to + x] = 0
      else if (y > 0) gaps[to + x] = Math.min(far, (gaps[to + x - width] ?? far) + 1)
    }
  }
  for (let y = height - 2; y >= 0; y--) {
    const to = y * width
    for (let x = 0; x < width; x++) {
      const below = (gaps[to + x + width] ?? far) + 1
      if (below < (gaps[to + x] ?? far)) gaps[to + x] = below
    }
  }
  return gaps
}
