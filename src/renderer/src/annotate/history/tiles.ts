/** @file A mask cut into squares, the unit in which the past of a mask is kept. */
import type { ClassMask } from '../../../../shared/mask.ts'
import type { Size } from '../../../../shared/recipe.ts'
import type { Dirty, Rect } from '../raster/rect.ts'

export const tileSide = 64

function columnsOf({ width }: Size): number {
  return Math.ceil(width / tileSide)
}

/** Numbers of the tiles that a rectangle touches. */
export function tilesOf(rect: Dirty, size: Size): number[] {
  if (rect === null) return []
  const columns = columnsOf(size)
  const lastColumn = Math.floor((rect.x + rect.width - 1) / tileSide)
  const lastRow = Math.floor((rect.y + rect.height - 1) / tileSide)
  const tiles: number[] = []
  for (let row = Math.floor(rect.y / tileSide); row <= lastRow; row++)
    for (let column = Math.floor(rect.x / tileSide); column <= lastColumn; column++)
      tiles.push(row * columns + column)
  return tiles
}

export function rectOfTile(tile: number, size: Size): Rect {
  const columns = columnsOf(size)
  const x = (tile % columns) * tileSide
  const y = Math.floor(tile / columns) * tileSide
  return {
    ...{ x, y },
    width: Math.min(tileSide, size.width - x),
    height: Math.min(tileSide, size.height - y),
  }
}

/** The pixels of a rectangle, row by row. */
export function copyOut({ width, data }: ClassMask, rect: Rect): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(rect.width * rect.height)
  for (let row = 0; row < rect.height; row++) {
    const start = (rect.y + row) * width + rect.x
    pixels.set(data.subarray(start, start + rect.width), row * rect.width)
  }
  return pixels
}

export function copyIn({ width, data }: ClassMask, rect: Rect, pixels: Uint8Array): void {
  for (let row = 0; row < rect.height; row++)
    data.set(
      pixels.subarray(row * rect.width, (row + 1) * rect.width),
      (rect.y + row) * width + rect.x,
    )
}

/** The smallest rectangle of a tile in which the mask differs from what was there. */
export function changedPart({ width, data }: ClassMask, rect: Rect, before: Uint8Array): Dirty {
  let [left, top, right, bottom] = [rect.width, rect.height, 0, 0]
  for (let row = 0; row < rect.height; row++)
    for (let column = 0; column < rect.width; column++) {
      const now = data[(rect.y + row) * width + rect.x + column]
      if (now === before[row * rect.width + column]) continue
      left = Math.min(left, column)
      right = Math.max(right, column + 1)
      top = Math.min(top, row)
      bottom = row + 1
    }
  if (right === 0) return null
  return { x: rect.x + left, y: rect.y + top, width: right - left, height: bottom - top }
}
