/**
 * @file Outlines of pixels: rings along the edges of pixels, whose corners are whole numbers. Filled by
 * pixel centres, even-odd, they give the very same pixels.
 */
import type { Raster } from '../annotated-set.ts'
import { components } from './connected-parts.ts'

/** Steps to the right, down, left and up: each the right turn of the one before. */
const steps = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/**
 * All rings of a raster, `[x0, y0, x1, y1, …]` each with a corner at every turn: outer ones clockwise
 * as seen on the screen, holes the other way. Pixels that touch at a corner only share an outer ring;
 * holes that touch at a corner only have a ring each.
 */
export function traceOutline(raster: Raster): number[][] {
  const { width, height, data } = raster
  const isSet = (column: number, row: number): boolean =>
    column >= 0 && column < width && row >= 0 && row < height && data[row * width + column] === 1
  const traced = new Uint8Array(data.length)
  const rings: number[][] = []
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      if (isSet(column, row) && !isSet(column, row - 1) && traced[row * width + column] === 0)
        rings.push(ringFrom(column, row, { raster, isSet, traced }))
  return rings
}

/** The rings of each connected part (corner to corner): the outer one first, then its holes. */
export function outlineParts(raster: Raster): number[][][] {
  return components(raster, 8).map(traceOutline)
}

interface Tracing {
  raster: Raster
  isSet(column: number, row: number): boolean
  /** 1 at pixels whose upper edge is in a ring already: every ring has such an edge. */
  traced: Uint8Array
}

/** The ring that begins with the upper edge of a pixel; the set pixels are always on its right. */
function ringFrom(column: number, row: number, { raster, isSet, traced }: Tracing): number[] {
  const ring: number[] = []
  let [x, y, direction] = [column, row, 0]
  do {
    if (direction === 0) traced[y * raster.width + x] = 1
    const [right, down] = steps[direction] ?? steps[0]
    x += right
    y += down
    // Of the two pixels ahead, which lie around the corner reached.
    const isLeftSet = isSet(x + (right - 1 + down) / 2, y + (down - 1 - right) / 2)
    const isRightSet = isSet(x + (right - 1 - down) / 2, y + (down - 1 + right) / 2)
    const turn = isLeftSet ? 3 : isRightSet ? 0 : 1
    if (turn !== 0) ring.push(raster.x + x, raster.y + y)
    direction = (direction + turn) % 4
  } while (x !== column || y !== row || direction !== 0)
  return ring
}
