/** @file Rounding a class off. */
import type { ClassMask } from '../../../../shared/mask.ts'
import type { Rect } from './rect.ts'

/** What is to become of a pixel. */
export const toAdd = 1
export const toRemove = 2

/**
 * For each pixel of `near`, `[height, width]`: whether it changes when a pixel belongs to the class where
 * most of the square of `2 radius + 1` pixels around it does. Squares end at the picture's edge. Sums run
 * along columns and rows, so that time does not depend on the radius.
 */
export function majority(mask: ClassMask, near: Rect, index: number, radius: number): Uint8Array {
  const { data } = mask
  const changes = new Uint8Array(near.width * near.height)
  const columns = new ColumnCounts(mask, index)
  for (let row = near.y - radius - 1; row < near.y + radius; row++) columns.add(row, 1)
  for (let row = 0; row < near.height; row++) {
    const y = near.y + row
    columns.add(y + radius, 1)
    columns.add(y - radius - 1, -1)
    const rows = Math.min(mask.height, y + radius + 1) - Math.max(0, y - radius)
    let count = columns.sum(near.x - radius, near.x + radius)
    for (let column = 0; column < near.width; column++) {
      const x = near.x + column
      count += columns.at(x + radius)
      const across = Math.min(mask.width, x + radius + 1) - Math.max(0, x - radius)
      const isMost = 2 * count > across * rows
      const isClass = data[y * mask.width + x] === index
      if (isMost !== isClass) changes[row * near.width + column] = isMost ? toAdd : toRemove
      count -= columns.at(x - radius)
    }
  }
  return changes
}

/** How many pixels of a class the rows in view have in each column. */
class ColumnCounts {
  readonly #mask: ClassMask
  readonly #index: number
  readonly #counts: Int32Array

  constructor(mask: ClassMask, index: number) {
    this.#mask = mask
    this.#index = index
    this.#counts = new Int32Array(mask.width)
  }

  /** Takes a row in (1) or out (-1); one outside the picture has nothing. */
  add(row: number, sign: 1 | -1): void {
    const { width, height, data } = this.#mask
    if (row < 0 || row >= height) return
    const counts = this.#counts
    const start = row * width
    for (let x = 0; x < width; x++)
      if (data[start + x] === this.#index) counts[x] = (counts[x] ?? 0) + sign
  }

  at(column: number): number {
    return this.#counts[column] ?? 0
  }

  /** Of the columns from `first` up to `end`. */
  sum(first: number, end: number): number {
    let sum = 0
    for (let x = Math.max(0, first); x < end; x++) sum += this.at(x)
    return sum
  }
}
