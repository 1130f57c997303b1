/** @file Shapes of operators that reduce axes to one number. */
import { type Known, type NodeView, type ShapeRules, sameRule } from './node-view.ts'

const reductions = [
  ...['ReduceSum', 'ReduceMean', 'ReduceMax', 'ReduceMin', 'ReduceProd', 'ReduceL1', 'ReduceL2'],
  ...['ReduceSumSquare', 'ReduceLogSum', 'ReduceLogSumExp'],
]

/** The axes that a reduction takes away, counted from the start: an attribute or an input. */
export function reducedAxes(view: NodeView): readonly number[] {
  const rank = view.input(0).shape.length
  const axes = view.list(1, 'axes') ?? []
  if (axes.length > 0) return axes.map((axis) => view.axis(axis, rank))
  const none = view.int('noop_with_empty_axes', 0) !== 0
  return none ? [] : Array.from({ length: rank }, (_, i) => i)
}

function withoutAxes(view: NodeView, axes: readonly number[]): readonly number[] {
  const { shape } = view.input(0)
  return view.int('keepdims', 1) !== 0
    ? shape.map((side, i) => (axes.includes(i) ? 1 : side))
    : shape.filter((_, i) => !axes.includes(i))
}

function reduce(view: NodeView): readonly Known[] {
  return [{ type: view.input(0).type, shape: withoutAxes(view, reducedAxes(view)) }]
}

function argument(view: NodeView): readonly Known[] {
  const axis = view.axis(view.int('axis', 0), view.input(0).shape.length)
  return [{ type: 'int64', shape: withoutAxes(view, [axis]) }]
}

export const reductionRules: ShapeRules = {
  ...sameRule(reductions, reduce),
  ...sameRule(['ArgMax', 'ArgMin'], argument),
}
