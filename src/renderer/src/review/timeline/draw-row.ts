/** @file Draws a region's timeline. */
import type { Stretches } from '../../../../shared/count/stretches.ts'
import { occupiedColumns } from './columns.ts'
import type { ScorePyramid } from './pyramid.ts'
import { type ScoreScale, toY } from './score-scale.ts'
import { type Span, toPosition, toX } from './timeline-view.ts'

export interface RowColours {
  line: string
  /** Of the region. */
  occupied: string
  reviewed: string
  /** Behind what has not been looked at by the network. */
  missing: string
}

export interface Row {
  /** Null for a group, which has no score of its own. */
  pyramid: ScorePyramid | null
  stretches: Stretches
  /** Positions that were answered, ascending, with what was said. */
  answers: readonly { position: number; occupied: boolean }[]
  /** Positions that have scores; the rest of the run is still to come. */
  done: number
}

/** Where a pixel holds fewer positions than this, the score is a line from frame to frame. */
const fewPerPixel = 1.5
/** Pixels between two frames from which on each has a dot. */
const dotsFrom = 7

/** Where and how a row is drawn: in CSS pixels, the context is scaled by the device's pixel ratio. */
export interface RowPlace {
  span: Span
  scale: ScoreScale
  width: number
  colours: RowColours
}

/** What lies below and changes with the threshold: occupied parts, and what is still to come. */
export function drawGround(
  context: CanvasRenderingContext2D,
  row: Pick<Row, 'stretches' | 'pyramid' | 'done'>,
  { span, scale, width, colours }: RowPlace,
): void {
  const { height } = scale
  context.clearRect(0, 0, width, height)
  const missing = toX(row.done, span, width)
  if (missing < width) {
    context.fillStyle = colours.missing
    context.fillRect(Math.max(0, missing), 0, width, height)
  }
  drawOccupied(context, row, span, scale, width, colours.occupied)
}

/** What lies above it: the score, and what reviewers said. */
export function drawScores(
  context: CanvasRenderingContext2D,
  { pyramid, answers }: Pick<Row, 'pyramid' | 'answers'>,
  { span, scale, width, colours }: RowPlace,
): void {
  context.clearRect(0, 0, width, scale.height)
  if (pyramid) {
    context.strokeStyle = colours.line
    context.fillStyle = colours.line
    if ((span.to - span.from) / width < fewPerPixel)
      drawLine(context, pyramid.sums, span, scale, width)
    else drawExtents(context, pyramid, span, scale, width)
  }
  drawAnswers(context, answers, span, width, colours.reviewed)
}

function drawOccupied(
  context: CanvasRenderingContext2D,
  { stretches, pyramid }: Pick<Row, 'stretches' | 'pyramid'>,
  span: Span,
  { height }: ScoreScale,
  width: number,
  colour: string,
): void {
  const columns = occupiedColumns(stretches, span, width)
  const top = pyramid ? 0 : height / 3
  context.fillStyle = colour
  for (let i = 0; i < columns.length; i += 2) {
    const [from = 0, to = 0] = [columns[i], columns[i + 1]]
    context.globalAlpha = 0.3
    context.fillRect(from, top, to - from, height - top)
    context.globalAlpha = 1
    context.fillRect(from, height - 4, to - from, 4)
  }
}

function drawLine(
  context: CanvasRenderingContext2D,
  sums: Float64Array,
  span: Span,
  scale: ScoreScale,
  width: number,
): void {
  const first = Math.max(0, Math.floor(span.from) - 1)
  const end = Math.min(sums.length, Math.ceil(span.to) + 1)
  const x = (position: number): number => toX(position + 0.5, span, width)
  context.lineWidth = 1.25
  context.beginPath()
  for (let position = first; position < end; position++)
    context.lineTo(x(position), toY(sums[position] ?? 0, scale))
  context.stroke()
  if (width / (span.to - span.from) < dotsFrom) return
  for (let position = first; position < end; position++) {
    context.beginPath()
    context.arc(x(position), toY(sums[position] ?? 0, scale), 2.5, 0, 2 * Math.PI)
    context.fill()
  }
}

/** A column from the lowest to the highest score of its positions. */
function drawExtents(
  context: CanvasRenderingContext2D,
  pyramid: ScorePyramid,
  span: Span,
  scale: ScoreScale,
  width: number,
): void {
  for (let x = 0; x < width; x++) {
    const extent = pyramid.extent(toPosition(x, span, width), toPosition(x + 1, span, width), true)
    if (!extent) continue
    const top = toY(extent.high, scale)
    context.fillRect(x, top, 1, Math.max(1.25, toY(extent.low, scale) - top))
  }
}

/** Yes = a full mark that stands, no = a hollow one that lies: told apart without colour. */
function drawAnswers(
  context: CanvasRenderingContext2D,
  answers: Row['answers'],
  span: Span,
  width: number,
  colour: string,
): void {
  context.fillStyle = colour
  let last = Number.NEGATIVE_INFINITY
  for (const { position, occupied } of answers) {
    if (position < span.from - 1 || position > span.to) continue
    const x = toX(position + 0.5, span, width)
    // Marks that would lie on each other are drawn once.
    if (x - last < 1) continue
    last = x
    if (occupied) context.fillRect(x - 1.5, 0, 3, 7)
    else {
      context.fillRect(x - 3, 0, 6, 1.5)
      context.fillRect(x - 0.5, 0, 1, 4)
    }
  }
}
