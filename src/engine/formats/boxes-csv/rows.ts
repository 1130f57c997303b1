/** @file Rows of a table of boxes, in either of its two forms. */
import type { Box } from '../annotated-set.ts'

/** A row as text: one box of a picture, or the note that nothing is in it. */
export interface BoxRow {
  image: string
  /** What the file calls the class: a name or a number; empty where nothing is in the picture. */
  label: string
  /** Null where nothing is in the picture. */
  box: Box | null
}

type Row = Record<string, string>

/** Columns of the two forms. */
const sides = ['x', 'y', 'width', 'height'] as const

/** Whether a table with these columns holds boxes. */
export function hasBoxColumns(header: readonly string[]): boolean {
  if (!header.includes('image_id')) return false
  return header.includes('bounds') || sides.every((side) => header.includes(side))
}

function boxOfSides(row: Row): Box | string {
  const [x, y, width, height] = sides.map((side) => Number(row[side]?.trim() || Number.NaN))
  if (![x, y, width, height].every(Number.isFinite))
    return `${sides.map((side) => `${side} ${JSON.stringify(row[side])}`).join(', ')}: numbers were expected`
  return { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 }
}

/** The box around the corners in `(x, y), (x, y), …`, however they are bracketed. */
function boxOfBounds(text: string): Box | string {
  const numbers = (text.match(/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/gi) ?? []).map(Number)
  const [xs, ys] = [0, 1].map((axis) => numbers.filter((_, i) => i % 2 === axis))
  if (!xs || !ys || numbers.length < 4 || numbers.length % 2 !== 0)
    return `bounds ${JSON.stringify(text)}: two corners or more were expected, as (x, y), (x, y)`
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y }
}

/** What a row says, or what is wrong with it. */
export function parseBoxRow(row: Row): BoxRow | string {
  const image = (row.image_id ?? '').trim()
  if (image === '') return 'has no image_id'
  const label = (row.class_id ?? row.class ?? '').trim()
  const values = row.bounds === undefined ? sides.map((side) => row[side] ?? '') : [row.bounds]
  if (label === '' && values.every((value) => value.trim() === ''))
    return { image, label, box: null }
  if (label === '') return `has no ${row.bounds === undefined ? 'class_id' : 'class'}`
  const box = row.bounds === undefined ? boxOfSides(row) : boxOfBounds(row.bounds)
  if (typeof box === 'string') return box
  if (!(box.width > 0 && box.height > 0))
    return `the box is ${box.width} wide and ${box.height} high; more than 0 was expected`
  return { image, label, box }
}
