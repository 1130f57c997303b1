/** @file What has to be computed of a picture to score its regions: blocks, in bands of whole rows. */
import type { Size } from '../../shared/recipe.ts'
import { type AxisCover, type AxisRun, axisRuns } from './axis-runs.ts'
import { type Block, blockAxis } from './picture-block.ts'
import type { PixelSpans } from './types.ts'

/** Rows `first … end - 1` of the picture, which lie between the same rows of the network's output. */
export interface Band {
  first: number
  end: number
  /** Blocks that together hold every pixel of every region. */
  blocks: Block[]
  /** For each region, the first of its spans in this band and the one after the last. */
  spans: { from: number; to: number }[]
}

/** Where the picture lies on the network's output. */
export interface GridCover {
  x: AxisCover
  y: AxisCover
}

/** The smallest rectangle around the pixels of one block that belong to a region; ends excluded. */
interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** Plans the scoring of pictures of one size and one list of regions. */
export function scorePlan(size: Size, cover: GridCover, regions: readonly PixelSpans[]): Band[] {
  const columns = axisRuns(size.width, cover.x)
  const next = regions.map(() => 0)
  return axisRuns(size.height, cover.y).map((rows) => {
    const spans = regions.map((region, index) => {
      const from = next[index] ?? 0
      const to = spansAbove(region, rows.end, from)
      next[index] = to
      return { from, to }
    })
    const boxes = columns.map(() => emptyBox())
    regions.forEach((region, index) => {
      for (let span = spans[index]?.from ?? 0; span < (spans[index]?.to ?? 0); span++)
        growBoxes(boxes, columns, region, span)
    })
    const blocks = columns.flatMap((column, index) => blockOf(rows, column, boxes[index]))
    return { first: rows.first, end: rows.end, blocks, spans }
  })
}

/** The first span, from span `from` on, that does not lie above row `end`. */
function spansAbove({ spans }: PixelSpans, end: number, from: number): number {
  let span = from
  while (span * 3 < spans.length && (spans[span * 3] ?? 0) < end) span++
  return span
}

function emptyBox(): Box {
  return { left: Infinity, right: 0, top: Infinity, bottom: 0 }
}

/** Grows the boxes of the columns that a span of a region touches. */
function growBoxes(boxes: Box[], columns: AxisRun[], { spans }: PixelSpans, span: number): void {
  const row = spans[span * 3] ?? 0
  const first = spans[span * 3 + 1] ?? 0
  const end = spans[span * 3 + 2] ?? 0
  boxes.forEach((box, index) => {
    const column = columns[index]
    if (!column || column.end <= first || column.first >= end) return
    box.left = Math.min(box.left, Math.max(first, column.first))
    box.right = Math.max(box.right, Math.min(end, column.end))
    box.top = Math.min(box.top, row)
    box.bottom = Math.max(box.bottom, row + 1)
  })
}

function blockOf(rows: AxisRun, column: AxisRun, box: Box | undefined): Block[] {
  if (!box || box.right === 0) return []
  return [{ x: blockAxis(column, box.left, box.right), y: blockAxis(rows, box.top, box.bottom) }]
}
