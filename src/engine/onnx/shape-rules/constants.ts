/** @file Shapes of operators that make values out of nothing, or out of shapes. */
import { type Tensor, tensorOf } from '../tensor.ts'
import type { Known, NodeView, ShapeRules } from './node-view.ts'

/** What a Constant node holds. Throws `unsupported-model` for strings and sparse tensors. */
export function constantTensor(view: NodeView): Tensor {
  for (const attribute of Object.values(view.node.attributes)) {
    if ('tensor' in attribute) return attribute.tensor
    if ('float' in attribute) return tensorOf('float32', [], [attribute.float])
    if ('int' in attribute) return tensorOf('int64', [], [attribute.int])
    if ('floats' in attribute)
      return tensorOf('float32', [attribute.floats.length], attribute.floats)
    if ('ints' in attribute) return tensorOf('int64', [attribute.ints.length], attribute.ints)
  }
  return view.fail('it holds no numbers')
}

/** The one element that fills a ConstantOfShape. */
export function fillOf(view: NodeView): Tensor {
  const value = view.node.attributes.value
  return value && 'tensor' in value ? value.tensor : tensorOf('float32', [1], [0])
}

/** First and last of the axes that Shape gives. */
export function shapeAxes(view: NodeView): [number, number] {
  const rank = view.input(0).shape.length
  const place = (axis: number) => Math.min(rank, Math.max(0, axis < 0 ? axis + rank : axis))
  return [place(view.int('start', 0)), place(view.int('end', rank))]
}

function shape(view: NodeView): readonly Known[] {
  const [start, end] = shapeAxes(view)
  return [{ type: 'int64', shape: [Math.max(0, end - start)] }]
}

function range(view: NodeView): readonly Known[] {
  const [[start = 0], [limit = 0], [delta = 1]] = [
    view.required(0),
    view.required(1),
    view.required(2),
  ]
  const count = Math.max(0, Math.ceil((limit - start) / delta))
  return [{ type: view.input(0).type, shape: [count] }]
}

export const constantRules: ShapeRules = {
  Constant: (view) => [constantTensor(view)],
  ConstantOfShape: (view) => [{ type: fillOf(view).type, shape: view.required(0) }],
  Shape: shape,
  Size: () => [{ type: 'int64', shape: [] }],
  Range: range,
}
