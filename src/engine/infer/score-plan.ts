/** @file What has to be computed of a picture to score its regions: blocks, in bands of whole rows. */
import type { Size } from '../../shared/recipe.ts'
import { type AxisCover, type AxisRun, axisRuns } from './axis-runs.ts'
import type { PixelSpans } from './types.ts'

/** Where the picture lies on the network's output. */
export interface GridCover {
  x: AxisCover
  y: AxisCover
}

/** Rows of the picture between the same rows of the network's output. */
export interface Band {
  rows: AxisRun
  /** The columns in which any region has pixels; with `rows`, the blocks that are needed. */
  columns: AxisRun[]
  /** For each region, the first of its spans in this band and the one after the last. */
  spans: SpanRange[]
}

export interface SpanRange {
  from: number
  to: number
}

/** Plans the scoring of pictures of one size and one list of regions. */
export function scorePlan(size: Size, cover: GridCover, regions: readonly PixelSpans[]): Band[] {
  const columns = axisRuns(size.width, cover.x)
  const next = regions.map(() => 0)
  return axisRuns(size.height, cover.y).map((rows) => {
    const spans = regions.map((region, index) => {
      const from = next[index] ?? 0
      const to = spanBelow(region, rows.end, from)
      next[index] = to
      return { from, to }
    })
    const used = usedPixels(size.width, regions, spans)
    return {
      rows,
      columns: columns.filter(({ first, end }) => used.subarray(first, end).includes(1)),
      spans,
    }
  })
}

/** The first span, from span `from` on, that does not lie above a row. */
function spanBelow({ spans }: PixelSpans, row: number, from: number): number {
  let span = from
  while (span * 3 < spans.length && (spans[span * 3] ?? 0) < row) span++
  return span
}

/** 1 for every column of pixels in which one of these spans lies. */
function usedPixels(
  width: number,
  regions: readonly PixelSpans[],
  ranges: readonly SpanRange[],
): Uint8Array {
  const used = new Uint8Array(width)
  regions.forEach(({ spans }, index) => {
    const { from, to } = ranges[index] ?? { from: 0, to: 0 }
    for (let span = from * 3; span < to * 3; span += 3)
      used.fill(1, spans[span + 1], spans[span + 2])
  })
  return used
}
