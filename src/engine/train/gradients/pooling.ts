/** @file Gradients of pooling. */
import { AppError } from '../../../shared/errors.ts'
import { type GraphNode, intAttribute, intsAttribute } from '../../onnx/graph.ts'
import { floatTensor, sizeOf, type Tensor } from '../../onnx/tensor.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { type AxisMatrix, axisMatrix, mapAxesBack } from './axis-matrix.ts'
import { inputGradient } from './input-gradient.ts'
import { rule } from './rule.ts'
import { afterOf, tapCuts, tapStart, tapsOf, type WindowAxis, windowOf } from './window.ts'

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

const lowest = -3.4028234663852886e38

/** What each tap of the windows reads, in row-major order; x is `[N, 1, …]`. */
function tapsRead(build: GradientBuilder, x: string, axes: readonly WindowAxis[]): string[] {
  const before = axes.map((axis) => axis.before)
  const after = axes.map((axis) => Math.max(0, afterOf(axis)))
  const pads = [0, 0, ...before, 0, 0, ...after]
  const shape = [...build.shape(x)].map((side, i) => side + (pads[i] ?? 0) + (after[i - 2] ?? 0))
  const padded = pads.every((pad) => pad === 0)
    ? x
    : build.node('Pad', [x, build.ints(pads), build.scalar(lowest)], shape)
  return tapsOf(axes).map((tap) => build.slice(padded, tapCuts(axes, tap, before)))
}

/** For each tap a kernel `[taps, 1, …]` that puts what comes in at its place. */
function placingKernel(axes: readonly WindowAxis[]): Tensor {
  const sides = axes.map(({ kernel }) => kernel)
  const taps = sizeOf(sides)
  const data = Float32Array.from({ length: taps * taps }, (_, i) => Number(i % (taps + 1) === 0))
  return floatTensor([taps, 1, ...sides], data)
}

/**
 * The same without places of maxima, which GPU providers do not tell: the first tap that reads the
 * maximum takes the gradient, as ONNX Runtime's MaxPool takes the first of equal elements.
 */
const portableMaxPool: GradientRule = (build, node, [dy]) => {
  const [x = ''] = node.inputs
  const [y = ''] = node.outputs
  if (!dy) return []
  const axes = poolAxes(build, node)
  const [batch = 1, channels = 1] = build.shape(x)
  const alone = (value: string) =>
    build.reshape(value, [batch * channels, 1, ...build.shape(value).slice(2)])
  const maxima = alone(y)
  const none = build.scalar(0)
  let left = alone(dy)
  const parts = tapsRead(build, alone(x), axes).map((read) => {
    const isMaximum = build.compare('Equal', read, maxima)
    const part = build.where(isMaximum, left, none)
    left = build.where(isMaximum, none, left)
    return part
  })
  const kernel = build.weight(placingKernel(axes), 'placing')
  const problem = { dy: build.concat(parts, 1), kernel, axes, group: 1 }
  return [build.reshape(inputGradient(build, problem), build.shape(x))]
}

/** Every gradient goes to the place of its maximum; those of windows that overlap add up there. */
const scatteringMaxPool: GradientRule = (build, node, [dy]) => {
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
  MaxPool: (build, ...rest) =>
    (build.portable ? portableMaxPool : scatteringMaxPool)(build, ...rest),
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
