/** @file Regions in a regular grid. */
import type { Size } from './recipe.ts'
import type { Region } from './region.ts'

/**
 * Equal cells that cover the picture, each pixel once, row by row: "r1c1" is at the top left.
 */
export function gridRegions(columns: number, rows: number, { width, height }: Size): Region[] {
  const x = (column: number): number => (width * column) / columns
  const y = (row: number): number => (height * row) / rows
  return Array.from({ length: columns * rows }, (_, i): Region => {
    const [column, row] = [i % columns, Math.floor(i / columns)]
    return {
      name: `r${row + 1}c${column + 1}`,
      kind: 'count',
      group: null,
      colour: null,
      threshold: null,
      points: [
        [x(column), y(row)],
        [x(column + 1), y(row)],
        [x(column + 1), y(row + 1)],
        [x(column), y(row + 1)],
      ],
    }
  })
}
