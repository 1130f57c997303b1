/** @file Operators with windows: convolutions, pools; and resizing. */
import type { Tensor } from '@tensorflow/tfjs-node'
import { intsAttribute } from '../../../../onnx/graph.ts'
import { floatTensor } from '../../../../onnx/tensor.ts'
import { resizeMatrices } from '../../../gradients/resize.ts'
import {
  afterOf,
  groupOf,
  tapCuts,
  tapsOf,
  type WindowAxis,
  windowOf,
} from '../../../gradients/window.ts'
import { GradientBuilder } from '../../../graph/gradient-builder.ts'
import type { Shape } from '../../../graph/static-shape.ts'
import type { Tf } from '../load-tensorflow.ts'
import {
  channelsFirst,
  channelsLast,
  image,
  input,
  type Operator,
  type Operators,
  type Step,
} from '../operator.ts'
import { sliceAxis } from './slice-axis.ts'

type Axes = readonly [WindowAxis, WindowAxis]

function twoAxes(step: Step, axes: readonly WindowAxis[]): Axes {
  const [height, width] = axes
  return height && width && axes.length === 2 ? [height, width] : step.fail('it has not two axes')
}

/** What a window of `[N,C,H,W]` reads, with `value` around it; what no window reads is cut off. */
function surrounded(step: Step, x: Tensor, axes: Axes, value: number): Tensor {
  const { tf } = step
  const begin = [0, 0, ...axes.map(({ before }) => Math.max(0, -before))]
  const size = x.shape.map((side, i) => {
    const axis = axes[i - 2]
    return axis ? side - (begin[i] ?? 0) - Math.max(0, -afterOf(axis)) : side
  })
  const amounts = axes.map((axis): [number, number] => [
    Math.max(0, axis.before),
    Math.max(0, afterOf(axis)),
  ])
  return tf.pad(tf.slice(x, begin, size), [[0, 0], [0, 0], ...amounts], value)
}

/** Every stride-th place of `[N,H,W,C]`. */
function strided({ tf }: Step, value: Tensor, strides: readonly [number, number]): Tensor {
  return tf.stridedSlice(value, [0, 0, 0, 0], value.shape, [1, ...strides, 1])
}

/** A convolution of `[N,C,H,W]` with `[O,C/group,h,w]`. */
function convolve(step: Step, x: Tensor, kernel: Tensor, axes: Axes, group: number): Tensor {
  const { tf } = step
  const [outputs = 1, inputs = 1] = kernel.shape
  const padded = image(step, channelsLast(surrounded(step, x, axes, 0)))
  const strides: [number, number] = [axes[0].stride, axes[1].stride]
  const dilations: [number, number] = [axes[0].dilation, axes[1].dilation]
  // TensorFlow takes either strides or dilations, and equal strides where channels are apart.
  const isDilated = dilations.some((each) => each > 1)
  const isOdd = strides[0] !== strides[1] || isDilated
  const own: [number, number] = isOdd ? [1, 1] : strides
  const rest = (value: Tensor) => channelsFirst(isOdd ? strided(step, value, strides) : value)
  if (group === 1) {
    const filter = image(step, kernel.transpose([2, 3, 1, 0]))
    return rest(tf.conv2d(padded, filter, own, 'valid', 'NHWC', dilations))
  }
  if (inputs === 1) {
    const each = outputs / group
    const apart = kernel.reshape([group, each, ...kernel.shape.slice(2)])
    // This kernel knows no dilations; zeros between the taps do the same.
    const wide = dilations.reduce((value, dilation, i) => spread(tf, value, i + 2, dilation), apart)
    const filter = image(step, wide.transpose([2, 3, 0, 1]))
    return rest(tf.depthwiseConv2d(padded, filter, own, 'valid'))
  }
  const pictures = tf.split(x, group, 1)
  const kernels = tf.split(kernel, group, 0)
  const parts = pictures.map((part, i) =>
    convolve(step, part, kernels[i] ?? step.fail('its groups are uneven'), axes, 1),
  )
  return tf.concat(parts, 1)
}

const convolution: Operator = (step, inputs) => {
  const [x, kernel, bias] = [input(step, inputs), input(step, inputs, 1), inputs[2]]
  const sides = [kernel.shape, x.shape, step.outputShape()].map((shape) => shape.slice(2))
  const [window = [], from = [], to = []] = sides
  const axes = twoAxes(step, windowOf(step.node, window, from, to))
  const y = convolve(step, x, kernel, axes, groupOf(step.node))
  return bias ? y.add(bias.reshape([1, bias.size, 1, 1])) : y
}

/** Zeros between the elements of an axis of `[…]`, so many from one to the next. */
function spread(tf: Tf, value: Tensor, axis: number, stride: number): Tensor {
  if (stride === 1) return value
  const side = value.shape[axis] ?? 1
  const column = value.reshape([
    ...value.shape.slice(0, axis + 1),
    1,
    ...value.shape.slice(axis + 1),
  ])
  const amounts = column.shape.map((_, i): [number, number] => [0, i === axis + 1 ? stride - 1 : 0])
  const long = tf.pad(column, amounts)
  const joined = [...value.shape]
  joined[axis] = side * stride
  const size = [...joined]
  size[axis] = (side - 1) * stride + 1
  return tf.slice(
    long.reshape(joined),
    joined.map(() => 0),
    size,
  )
}

/** As a convolution of the spread picture with the turned kernel, which knows every attribute. */
const transposedConvolution: Operator = (step, inputs) => {
  const [x, kernel, bias] = [input(step, inputs), input(step, inputs, 1), inputs[2]]
  const group = groupOf(step.node)
  const [, each = 1, ...window] = kernel.shape
  const to = step.outputShape().slice(2)
  const axes = windowOf(step.node, window, to, x.shape.slice(2))
  const spreadOut = axes.reduce((value, { stride }, i) => spread(step.tf, value, i + 2, stride), x)
  const turned = step.tf
    .reverse(kernel, [2, 3])
    .reshape([group, (x.shape[1] ?? 1) / group, each, ...window])
    .transpose([0, 2, 1, 3, 4])
    .reshape([group * each, (x.shape[1] ?? 1) / group, ...window])
  const plain = axes.map(({ kernel: size, dilation, before, input: output }, i) => ({
    ...{ input: spreadOut.shape[i + 2] ?? 1, output, kernel: size, stride: 1, dilation },
    before: (size - 1) * dilation - before,
  }))
  const y = convolve(step, spreadOut, turned, twoAxes(step, plain), group)
  return bias ? y.add(bias.reshape([1, bias.size, 1, 1])) : y
}

function poolAxes(step: Step): Axes {
  const window = intsAttribute(step.node, 'kernel_shape', [])
  const [from, to] = [step.inputShape(0).slice(2), step.outputShape().slice(2)]
  return twoAxes(step, windowOf(step.node, window, from, to))
}

const sizesOf = (axes: Axes): [number, number] => [axes[0].kernel, axes[1].kernel]
const stridesOf = (axes: Axes): [number, number] => [axes[0].stride, axes[1].stride]

/** For each tap of a window what it reads of a padded `[N,C,H,W]`. */
function readings(step: Step, padded: Tensor, axes: Axes): Tensor[] {
  const before = axes.map((axis) => Math.max(0, axis.before))
  return tapsOf(axes).map((tap) =>
    tapCuts(axes, tap, before).reduce((value, { axis, start, step: stride = 1 }) => {
      const count = axes[axis - 2]?.output ?? 1
      return sliceAxis(step.tf, value, axis, [start, count, stride])
    }, padded),
  )
}

/** Where in `[N,C,H,W]`, counted from the first element, each window's winning tap reads. */
function winners({ tf }: Step, taps: Tensor, axes: Axes, from: Shape): Tensor {
  const [, channels = 1, height = 1, width = 1] = from
  const [pictures = 1, , rows = 1, columns = 1] = taps.shape
  const [vertical, horizontal] = axes
  const int = (value: number): Tensor => tf.scalar(value, 'int32')
  const range = (count: number, shape: number[]) => tf.range(0, count, 1, 'int32').reshape(shape)
  const place = (tap: Tensor, start: Tensor, { stride, dilation, before }: WindowAxis) =>
    start
      .mul(int(stride))
      .add(tap.mul(int(dilation)))
      .sub(int(before))
  const tapX = tf.mod(taps, int(horizontal.kernel))
  const tapY = tf.floorDiv(taps, int(horizontal.kernel))
  const x = place(tapX, range(columns, [1, 1, 1, columns]), horizontal)
  const y = place(tapY, range(rows, [1, 1, rows, 1]), vertical)
  const plane = range(pictures * channels, [pictures, channels, 1, 1])
  return plane.mul(int(height)).add(y).mul(int(width)).add(x)
}

const maxPool: Operator = (step, inputs) => {
  const axes = poolAxes(step)
  const padded = surrounded(step, input(step, inputs), axes, Number.NEGATIVE_INFINITY)
  const reads = step.tf.stack(readings(step, padded, axes))
  const largest = step.tf.max(reads, 0)
  if (!step.has(1)) return largest
  return [largest, winners(step, step.tf.argMax(reads, 0), axes, step.inputShape(0))]
}

const averagePool: Operator = (step, inputs) => {
  const axes = poolAxes(step)
  const x = input(step, inputs)
  const mean = (value: Tensor): Tensor => {
    const padded = image(step, channelsLast(surrounded(step, value, axes, 0)))
    return channelsFirst(step.tf.avgPool(padded, sizesOf(axes), stridesOf(axes), 'valid'))
  }
  // Windows that reach over the end of a rounded-up output never count what lies beyond the padding.
  if (step.int('ceil_mode', 0) === 1 && step.int('count_include_pad', 0) === 1)
    return step.fail('it counts padding and rounds up')
  if (step.int('count_include_pad', 0) === 1) return mean(x)
  return mean(x).div(mean(step.tf.onesLike(x)))
}

const resize: Operator = (step, inputs) => {
  const { tf, node, graph } = step
  const matrices = resizeMatrices(new GradientBuilder(graph, new Set(), new Set()), node)
  return matrices.reduce(
    (value, { axis, rows, columns, weights }) => {
      const { data } = floatTensor([rows, columns], Float32Array.from(weights))
      const matrix = tf.tensor2d(Float32Array.from(data, Number), [rows, columns])
      const order = [...value.shape.keys()].filter((each) => each !== axis)
      const last = value.transpose([...order, axis])
      const mapped = tf.matMul(last.reshape([-1, columns]), matrix, false, true)
      const turned = mapped.reshape([...last.shape.slice(0, -1), rows])
      const back = value.shape.map((_, i) => (i === axis ? order.length : order.indexOf(i)))
      return turned.transpose(back)
    },
    tf.clone(input(step, inputs)),
  )
}

const spatial = (step: Step): number[] => [...step.inputShape(0).keys()].slice(2)

export const windowOperators: Operators = {
  Conv: convolution,
  ConvTranspose: transposedConvolution,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalAveragePool: (step, inputs) => step.tf.mean(input(step, inputs), spatial(step), true),
  GlobalMaxPool: (step, inputs) => step.tf.max(input(step, inputs), spatial(step), true),
  Resize: resize,
}
