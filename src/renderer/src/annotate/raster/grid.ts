/**
 * @file Pixels that a rule accepts, one byte each: what is done to 16 million pixels at once asks an
 * array, as asking a function for each of them takes ten times as long.
 */
import type { ClassMask } from '../../../../shared/mask.ts'
import type { Size } from '../../../../shared/recipe.ts'
import type { Colour, Picture } from './colour.ts'
import type { Dirty, Rect } from './rect.ts'
import { Selection } from './selection.ts'

/** `[height, width]`; 1 = accepted. */
export type Grid = Uint8Array

export const isOpen = 1

/** Pixels of a class. */
export function gridOfClass({ data }: Pick<ClassMask, 'data'>, index: number): Grid {
  const grid = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) if (data[i] === index) grid[i] = isOpen
  return grid
}

/** Pixels of at least a value. */
export function gridAtLeast(map: Uint8Array, least: number): Grid {
  const grid = new Uint8Array(map.length)
  for (let i = 0; i < map.length; i++) if ((map[i] ?? 0) >= least) grid[i] = isOpen
  return grid
}

/** Pixels within a Euclidean distance, in steps of 8-bit RGB, of a colour. */
export function gridOfColour(
  { width, height, rgb }: Picture,
  [red, green, blue]: Colour,
  tolerance: number,
): Grid {
  const grid = new Uint8Array(width * height)
  const limit = tolerance * tolerance
  for (let i = 0, from = 0; i < grid.length; i++, from += 3) {
    const r = (rgb[from] ?? 0) - red
    const g = (rgb[from + 1] ?? 0) - green
    const b = (rgb[from + 2] ?? 0) - blue
    if (r * r + g * g + b * b <= limit) grid[i] = isOpen
  }
  return grid
}

/**
 * The pixels of a picture that have a value in a grid. `place` is where the grid lies in the picture;
 * what of it lies outside is left out.
 */
export function selectValue(
  size: Size,
  place: Dirty,
  grid: Uint8Array,
  value: number = isOpen,
): Selection {
  const selection = new Selection(size)
  if (place === null) return selection
  for (let row = 0; row < place.height; row++) selectInRow(selection, place, row, grid, value)
  return selection
}

function selectInRow(
  selection: Selection,
  { x, y, width }: Rect,
  row: number,
  grid: Uint8Array,
  value: number,
): void {
  const start = row * width
  const end = start + width
  for (let at = start; at < end; at++) {
    if (grid[at] !== value) continue
    const first = at
    while (at < end && grid[at] === value) at++
    selection.add(y + row, x + first - start, x + at - start)
  }
}
