/** @file Follows a row of the result back through all stages to the picture. */
import type { Affine } from '../../train/samples/augment/affine.ts'
import type { Border, CellEdges, Stage } from './stage.ts'

/** A row of the result on its way back. */
export interface Trace {
  /** Places in the picture. */
  xs: Float64Array
  ys: Float64Array
  /** Number of the stage, from 1, whose border colour is shown; 0 = the picture. */
  painted: Uint8Array
  /** Class of what is shown; -1 = that of the mask. */
  labels: Int16Array
}

/** Arrays for rows of this width. */
export function newTrace(width: number): Trace {
  return {
    xs: new Float64Array(width),
    ys: new Float64Array(width),
    painted: new Uint8Array(width),
    labels: new Int16Array(width),
  }
}

function followAffine({ xs, ys }: Trace, { xx, xy, x0, yx, yy, y0 }: Affine): void {
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] ?? 0
    const y = ys[i] ?? 0
    xs[i] = xx * x + xy * y + x0
    ys[i] = yx * x + yy * y + y0
  }
}

function followCells(places: Float64Array, edges: CellEdges, length: number): void {
  const cells = edges.length - 1
  const scale = cells / length
  for (let i = 0; i < places.length; i++) {
    const at = (places[i] ?? 0) * scale
    const cell = Math.min(cells - 1, Math.max(0, Math.floor(at)))
    const start = edges[cell] ?? 0
    places[i] = start + (at - cell) * ((edges[cell + 1] ?? 0) - start)
  }
}

/** The nearest pixel's centre, along one axis. */
const atEdge = (place: number, length: number): number =>
  Math.min(length - 0.5, Math.max(0.5, place))

/** The place mirrored at both edges as often as needed. */
function mirrored(place: number, length: number): number {
  const within = ((place % (2 * length)) + 2 * length) % (2 * length)
  return within < length ? within : atEdge(2 * length - within, length)
}

/** Gives a place beyond the picture its border's colour, or a place in the picture. */
function comeBack(trace: Trace, i: number, stage: Stage, number: number): void {
  const { picture, label }: Border = stage.border
  if (label !== null && trace.labels[i] === -1) trace.labels[i] = label
  if (picture === 'colour') {
    trace.painted[i] = number
    return
  }
  const back = picture === 'edge' ? atEdge : mirrored
  trace.xs[i] = back(trace.xs[i] ?? 0, stage.from.width)
  trace.ys[i] = back(trace.ys[i] ?? 0, stage.from.height)
}

/** Traces row `y` of the last stage's result, whose places are its pixels' centres. */
export function traceRow(trace: Trace, y: number, stages: readonly Stage[]): void {
  const { xs, ys, painted } = trace
  for (let x = 0; x < xs.length; x++) xs[x] = x + 0.5
  ys.fill(y + 0.5)
  painted.fill(0)
  trace.labels.fill(-1)
  for (let number = stages.length; number > 0; number--) {
    const stage = stages[number - 1]
    if (!stage) continue
    const { from, map } = stage
    if (map.kind === 'affine') followAffine(trace, map.affine)
    else {
      followCells(xs, map.x, stage.to.width)
      followCells(ys, map.y, stage.to.height)
    }
    const { width, height } = from
    for (let i = 0; i < xs.length; i++) {
      const column = xs[i] ?? 0
      const row = ys[i] ?? 0
      if (column >= 0 && row >= 0 && column < width && row < height) continue
      if (painted[i] === 0) comeBack(trace, i, stage, number)
    }
  }
}
