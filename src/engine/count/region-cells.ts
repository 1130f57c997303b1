/**
 * @file A region's pixels laid out by the cells of a probability map: within a cell every pixel is
 * interpolated between the same four map pixels.
 */
import type { Size } from '../../shared/recipe.ts'
import { type AxisRun, axisRuns } from '../infer/axis-runs.ts'
import type { PixelSpans } from '../infer/types.ts'

/** One cell, and those pixels of the region that lie in it, as pieces of rows. */
export interface RegionCell {
  /** Offsets of its corners in the map. */
  topLeft: number
  topRight: number
  bottomLeft: number
  bottomRight: number
  /** Weight of the right corners increases by this from pixel to pixel. */
  step: number
  /** Triples (weight of the bottom corners, weight of the right ones at the first pixel, pixels). */
  pieces: Float64Array
}

/** The run of an axis in which each pixel lies. */
function runOfPixel(runs: readonly AxisRun[]): AxisRun[] {
  return runs.flatMap((run) => new Array<AxisRun>(run.end - run.first).fill(run))
}

/** Splits a region in a picture of `size` by the cells of a map that covers the whole picture. */
export function regionCells({ spans }: PixelSpans, size: Size, map: Size): RegionCell[] {
  const columns = runOfPixel(
    axisRuns(size.width, { points: map.width, start: 0, cover: map.width }),
  )
  const rows = runOfPixel(
    axisRuns(size.height, { points: map.height, start: 0, cover: map.height }),
  )
  const pieces = new Map<AxisRun, Map<AxisRun, number[]>>()
  for (let at = 0; at < spans.length; at += 3) {
    const [y = 0, first = 0, end = 0] = spans.subarray(at, at + 3)
    const row = rows[y]
    if (!row) continue
    const band = pieces.get(row) ?? new Map<AxisRun, number[]>()
    pieces.set(row, band)
    addPieces(band, columns, { first, end, weight: row.weight + (y - row.first) * row.step })
  }
  return [...pieces].flatMap(([row, band]) =>
    [...band].map(([column, list]) => cellOf(row, column, map.width, list)),
  )
}

/** Cuts pixels `first … end - 1` of a row where they pass from one cell to the next. */
function addPieces(
  band: Map<AxisRun, number[]>,
  columns: readonly AxisRun[],
  { first, end, weight }: { first: number; end: number; weight: number },
): void {
  for (let x = first; x < end; ) {
    const column = columns[x]
    if (!column) return
    const next = Math.min(end, column.end)
    const list = band.get(column) ?? []
    list.push(weight, column.weight + (x - column.first) * column.step, next - x)
    band.set(column, list)
    x = next
  }
}

function cellOf(row: AxisRun, column: AxisRun, width: number, pieces: number[]): RegionCell {
  return {
    topLeft: row.low * width + column.low,
    topRight: row.low * width + column.high,
    bottomLeft: row.high * width + column.low,
    bottomRight: row.high * width + column.high,
    step: column.step,
    pieces: Float64Array.from(pieces),
  }
}
