/** @file Gradients of pooling. */
import { AppError } from '../../../shared/errors.ts'
import { type GraphNode, intAttribute, intsAttribute } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../gradient-builder.ts'
import { type AxisMatrix, axisMatrix, mapAxesBack } from './axis-matrix.ts'
import { rule } from './rule.ts'
import { tapStart, type WindowAxis, windowOf } from './window.ts'

function poolAxes(build: GradientBuilder, node: GraphNode): WindowAxis[] {
  const [input = [], output = []] = [node.inputs[0], node.outputs[0]].map((name) =>
    build.shape(name ?? '').slice(2),
  )
  return windowOf(node, intsAttribute(node, 'kernel_shape', []), input, output)
}

/** Where each maximum was found; the node is asked for it if it was not already. */
function indicesOf(build: GradientBuilder, node: GraphNode): string {
  const [y = '', known] = node.outputs
  if (known) return known
  const name = `${y}/indices`
  node.outputs = [y, name]
  build.graph.values.set(name, { name, type: 'int64', shape: [...build.shape(y)] })
  return name
}

/** Every gradient goes to the place of its maximum; those of windows that overlap add up there. */
const maxPool: GradientRule = (build, node, [dy]) => {
  const [x = ''] = node.inputs
  if (!dy) return []
  if (intAttribute(node, 'storage_order', 0) !== 0)
    throw new AppError(
      'unsupported-model',
      `there is no gradient for MaxPool '${node.name}' with column-major indices`,
      'Train only layers that come after it, or another network.',
    )
  const count = (name: string) => build.shape(name).reduce((a, b) => a * b, 1)
  const places = build.reshape(indicesOf(build, node), [count(dy)])
  const zeros = build.expand(build.scalar(0), [count(x)])
  const overlap = poolAxes(build, node).some(({ kernel, stride }) => kernel > stride)
  const scattered = build.node(
    'ScatterElements',
    [zeros, places, build.reshape(dy, [count(dy)])],
    [count(x)],
    { axis: { int: 0 }, ...(overlap && { reduction: { string: 'add' } }) },
  )
  return [build.reshape(scattered, build.shape(x))]
}

/**
 * What each mean is made of along one axis. A window counts its places within the input, or also
 * those in the padding, but never those that only rounding up (ceil_mode) adds behind it.
 */
function meanMatrix(
  axis: WindowAxis,
  i: number,
  padding: { counted: boolean; after: number },
): AxisMatrix {
  const { input, output, kernel, stride, before } = axis
  const end = input + (padding.counted ? padding.after : 0)
  const start = padding.counted ? -before : 0
  return axisMatrix(i + 2, { rows: output, columns: input }, (row) => {
    const places = Array.from({ length: kernel }, (_, tap) => row * stride + tapStart(axis, tap))
    const counted = places.filter((place) => place >= start && place < end).length
    return places
      .filter((place) => place >= 0 && place < input)
      .map((place) => [place, 1 / counted] as const)
  })
}

const averagePool = rule((build, { node, dy }) => {
  const axes = poolAxes(build, node)
  const pads = intsAttribute(node, 'pads', [])
  const counted = intAttribute(node, 'count_include_pad', 0) !== 0
  const matrices = axes.map((axis, i) =>
    meanMatrix(axis, i, { counted, after: pads[axes.length + i] ?? 0 }),
  )
  return mapAxesBack(build, dy, matrices)
})

const spatial = (shape: readonly number[]): number => shape.slice(2).reduce((a, b) => a * b, 1)

export const poolingRules: GradientRules = {
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: rule((build, { x, dy }) => {
    const shape = build.shape(x)
    return build.expand(build.scale(dy, 1 / spatial(shape)), shape)
  }),
  // Maxima that are equal share the gradient.
  GlobalMaxPool: rule((build, { x, y, dy }) => {
    const hits = build.cast(build.compare('Equal', x, y), 'float32')
    const axes = [...build.shape(x).keys()].slice(2)
    return build.mul(hits, build.div(dy, build.reduceSum(hits, axes, true)))
  }),
}
