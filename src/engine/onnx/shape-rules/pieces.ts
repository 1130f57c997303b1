/** @file Shapes of operators that cut, join, pad and repeat. */
import { broadcast } from './elementwise.ts'
import type { Known, NodeView, Shape, ShapeRules } from './node-view.ts'

const same = (view: NodeView, shape: Shape): readonly Known[] => [
  { type: view.input(0).type, shape },
]

function concat(view: NodeView): readonly Known[] {
  const inputs = view.inputs
  const { type, shape } = view.input(0)
  const axis = view.axis(view.int('axis', 1), shape.length)
  for (const other of inputs)
    if (
      other.shape.length !== shape.length ||
      other.shape.some((side, i) => i !== axis && side !== shape[i])
    )
      view.fail(`[${shape}] and [${other.shape}] cannot be joined along axis ${axis}`)
  const total = inputs.reduce((sum, other) => sum + (other.shape[axis] ?? 0), 0)
  return [{ type, shape: shape.with(axis, total) }]
}

/** The parts of a split: given, or equal with a smaller last one. */
export function splitParts(view: NodeView): readonly number[] {
  const { shape } = view.input(0)
  const whole = view.side(shape, view.axis(view.int('axis', 0), shape.length))
  const count = view.int('num_outputs', view.node.outputs.length)
  const each = Math.ceil(whole / count)
  const equal = Array.from({ length: count }, (_, i) =>
    Math.max(0, Math.min(each, whole - i * each)),
  )
  const parts = view.list(1, 'split') ?? equal
  if (parts.reduce((sum, part) => sum + part, 0) !== whole)
    view.fail(`parts of ${parts} are not ${whole} together`)
  return parts
}

function split(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const axis = view.axis(view.int('axis', 0), shape.length)
  return splitParts(view).map((part) => ({ type, shape: shape.with(axis, part) }))
}

/** A stretch of an axis: from `start`, `length` elements, each `step` from the one before. */
export interface Stretch {
  axis: number
  start: number
  step: number
  length: number
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

function stretch(axis: number, side: number, from: number, to: number, step: number): Stretch {
  const start = from < 0 ? from + side : from
  const end = to < 0 ? to + side : to
  const first = step > 0 ? clamp(start, 0, side) : clamp(start, 0, side - 1)
  const last = step > 0 ? clamp(end, 0, side) : clamp(end, -1, side - 1)
  return { axis, start: first, step, length: Math.max(0, Math.ceil((last - first) / step)) }
}

/** What a Slice keeps of its axes; those that it does not name stay whole. */
export function stretches(view: NodeView): Stretch[] {
  const { shape } = view.input(0)
  const starts = view.list(1, 'starts') ?? view.fail('it has no starts')
  const ends = view.list(2, 'ends') ?? view.fail('it has no ends')
  const axes = view.list(3, 'axes') ?? starts.map((_, i) => i)
  const steps = view.numbers(4)
  return starts.map((start, i) => {
    const axis = view.axis(axes[i] ?? i, shape.length)
    return stretch(axis, view.side(shape, axis), start, ends[i] ?? 0, steps?.[i] ?? 1)
  })
}

function slice(view: NodeView): readonly Known[] {
  const sides = [...view.input(0).shape]
  for (const { axis, length } of stretches(view)) sides[axis] = length
  return same(view, sides)
}

/** Before and after each axis. */
function pads(view: NodeView): { before: number[]; after: number[] } {
  const rank = view.input(0).shape.length
  const given = view.list(1, 'pads') ?? view.fail('it has no pads')
  const axes = (view.numbers(3) ?? Array.from({ length: rank }, (_, i) => i)).map((axis) =>
    view.axis(axis, rank),
  )
  const before: number[] = Array(rank).fill(0)
  const after: number[] = Array(rank).fill(0)
  for (const [i, axis] of axes.entries()) {
    before[axis] = given[i] ?? 0
    after[axis] = given[axes.length + i] ?? 0
  }
  return { before, after }
}

function pad(view: NodeView): readonly Known[] {
  const { before, after } = pads(view)
  const { shape } = view.input(0)
  const sides = shape.map((side, i) => side + (before[i] ?? 0) + (after[i] ?? 0))
  return same(view, sides)
}

function expand(view: NodeView): readonly Known[] {
  return same(view, broadcast(view, [view.input(0).shape, view.required(1)]))
}

function tile(view: NodeView): readonly Known[] {
  const repeats = view.required(1)
  return same(
    view,
    view.input(0).shape.map((side, i) => side * (repeats[i] ?? 1)),
  )
}

function topK(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const axis = view.axis(view.int('axis', -1), shape.length)
  const kept = shape.with(axis, (view.numbers(1) ?? [view.int('k', 1)])[0] ?? 1)
  return [
    { type, shape: kept },
    { type: 'int64', shape: kept },
  ]
}

export const pieceRules: ShapeRules = {
  Concat: concat,
  Split: split,
  Slice: slice,
  Pad: pad,
  Expand: expand,
  Tile: tile,
  TopK: topK,
}
