/** @file Shapes of operators that pick and place by index. */
import { type Known, type NodeView, type ShapeRules, sameRule } from './node-view.ts'

function gather(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const axis = view.axis(view.int('axis', 0), shape.length)
  const indices = view.input(1).shape
  return [{ type, shape: [...shape.slice(0, axis), ...indices, ...shape.slice(axis + 1)] }]
}

function gatherND(view: NodeView): readonly Known[] {
  const { type, shape } = view.input(0)
  const indices = view.input(1).shape
  const depth = (indices.at(-1) ?? 0) + view.int('batch_dims', 0)
  return [{ type, shape: [...indices.slice(0, -1), ...shape.slice(depth)] }]
}

function oneHot(view: NodeView): readonly Known[] {
  const { shape } = view.input(0)
  const [depth = 0] = view.required(1)
  const axis = view.axis(view.int('axis', -1), shape.length + 1)
  return [{ type: view.input(2).type, shape: shape.toSpliced(axis, 0, depth) }]
}

const scatters = ['ScatterElements', 'ScatterND', 'Scatter']

export const indexRules: ShapeRules = {
  Gather: gather,
  GatherND: gatherND,
  GatherElements: (view) => [{ type: view.input(0).type, shape: view.input(1).shape }],
  ...sameRule(scatters, (view) => [view.input(0)]),
  OneHot: oneHot,
}
