/**
 * @file The pixels of regions. A pixel belongs to a region when its centre lies inside, by the
 * even-odd rule. Edges are half-open, so that polygons that share an edge never share a pixel
 * along it, nor lose one.
 */
import { type PixelSpans, subtractSpans } from './pixel-spans.ts'
import type { Size } from './recipe.ts'
import type { Point, Region } from './region.ts'

/** An edge from its upper to its lower end: the same numbers whichever way it is walked. */
interface Edge {
  top: Point
  bottom: Point
}

/** The pixels of a polygon; parts outside the picture have none. */
export function rasterise(points: readonly Point[], size: Size): PixelSpans {
  return rasteriseRings([points], size)
}

/** The pixels of several rings together: those within an odd number of them. */
export function rasteriseRings(
  rings: readonly (readonly Point[])[],
  { width, height }: Size,
): PixelSpans {
  const spans: number[] = []
  let area = 0
  const { first: firstRow, rows } = crossingsByRow(rings.flatMap(edgesOf), height)
  rows.forEach((columns, i) => {
    columns.sort((a, b) => a - b)
    for (let j = 0; j + 1 < columns.length; j += 2) {
      const first = clamped(columns[j] ?? 0, width)
      const end = clamped(columns[j + 1] ?? 0, width)
      if (first === end) continue
      spans.push(firstRow + i, first, end)
      area += end - first
    }
  })
  return { width, height, spans: Int32Array.from(spans), area }
}

/**
 * The pixels of each count region, without those of every ignore region, in the order of the count
 * regions.
 */
export function countSpans(regions: readonly Region[], size: Size): PixelSpans[] {
  const spansOf = (kind: Region['kind']): PixelSpans[] =>
    regions.filter((region) => region.kind === kind).map(({ points }) => rasterise(points, size))
  const ignored = spansOf('ignore')
  return spansOf('count').map((counted) => subtractSpans(counted, ignored))
}

function edgesOf(points: readonly Point[]): Edge[] {
  return points.map((point, i) => {
    const before = points.at(i - 1) ?? point
    return point[1] < before[1] ? { top: point, bottom: before } : { top: before, bottom: point }
  })
}

/** Rows from `first` on: the first columns whose pixel centres lie at or to the right of an edge. */
interface Crossings {
  first: number
  rows: number[][]
}

/** The crossings of the rows that edges reach: few rows of a large picture, for a small polygon. */
function crossingsByRow(edges: readonly Edge[], height: number): Crossings {
  let [first, end] = [height, 0]
  for (const { top, bottom } of edges) {
    first = Math.min(first, Math.max(0, firstCentre(top[1])))
    end = Math.max(end, Math.min(height, firstCentre(bottom[1])))
  }
  const rows = Array.from({ length: Math.max(0, end - first) }, (): number[] => [])
  for (const { top, bottom } of edges) {
    const slope = (bottom[0] - top[0]) / (bottom[1] - top[1])
    const last = Math.min(height, firstCentre(bottom[1]))
    for (let row = Math.max(0, firstCentre(top[1])); row < last; row++)
      rows[row - first]?.push(firstCentre(top[0] + (row + 0.5 - top[1]) * slope))
  }
  return { first, rows }
}

/** The first pixel whose centre is not before `position`. */
function firstCentre(position: number): number {
  return Math.ceil(position - 0.5)
}

function clamped(column: number, width: number): number {
  return Math.min(width, Math.max(0, column))
}
