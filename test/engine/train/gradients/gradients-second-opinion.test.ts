import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { gradientsOf, relativeError } from '../../../fixtures/check-gradient.ts'
import {
  float,
  floats,
  int,
  ints,
  list,
  type OperatorCase,
  real,
  scalar,
  text,
} from '../../../fixtures/operator-case.ts'

/** An operator as TensorFlow.js has it, for the same inputs in ONNX's layout. */
interface Opinion extends OperatorCase {
  theirs: (...inputs: tf.Tensor[]) => tf.Tensor
}

const image = real([2, 3, 6, 7])
const square = real([2, 3, 4, 4])

const last = (x: tf.Tensor): tf.Tensor4D => x.transpose([0, 2, 3, 1])
const first = (x: tf.Tensor): tf.Tensor => x.transpose([0, 3, 1, 2])
const padded = (x: tf.Tensor): tf.Tensor4D =>
  tf.pad(last(x), [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ])
const kernelOf = (x: tf.Tensor): tf.Tensor4D => x.transpose([2, 3, 1, 0])

const channelKernelOf = (x: tf.Tensor): tf.Tensor4D => x.transpose([2, 3, 0, 1])

const opinions: Opinion[] = [
  {
    title: 'Conv with strides, pads and a bias',
    op: 'Conv',
    inputs: [image, real([4, 3, 3, 3]), real([4])],
    attributes: { strides: list(2, 2), pads: list(1, 1, 1, 1) },
    theirs: (x = tf.scalar(0), w = tf.scalar(0), b = tf.scalar(0)) =>
      first(tf.add(tf.conv2d(padded(x), kernelOf(w), 2, 'valid'), b)),
  },
  {
    title: 'Conv of each channel',
    op: 'Conv',
    inputs: [image, real([3, 1, 3, 3])],
    attributes: { group: int(3), pads: list(1, 1, 1, 1) },
    theirs: (x = tf.scalar(0), w = tf.scalar(0)) =>
      first(tf.depthwiseConv2d(padded(x), channelKernelOf(w), 1, 'valid')),
  },
  {
    title: 'MaxPool',
    op: 'MaxPool',
    inputs: [image],
    attributes: { kernel_shape: list(3, 3), strides: list(2, 2) },
    theirs: (x = tf.scalar(0)) => first(tf.maxPool(last(x), 3, 2, 'valid')),
  },
  {
    title: 'AveragePool',
    op: 'AveragePool',
    inputs: [image],
    attributes: { kernel_shape: list(2, 2), strides: list(2, 2) },
    theirs: (x = tf.scalar(0)) => first(tf.avgPool(last(x), 2, 2, 'valid')),
  },
  ...['align_corners', 'asymmetric'].map(
    (mode): Opinion => ({
      title: `Resize, linear, ${mode}`,
      op: 'Resize',
      inputs: [square, null, null, ints(2, 3, 7, 7)],
      attributes: { mode: text('linear'), coordinate_transformation_mode: text(mode) },
      theirs: (x = tf.scalar(0)) =>
        first(tf.image.resizeBilinear(last(x), [7, 7], mode === 'align_corners')),
    }),
  ),
  {
    title: 'BatchNormalization with statistics of the batch',
    op: 'BatchNormalization',
    inputs: [image, real([3], 0.5, 1.5), real([3]), floats([3], [0, 0, 0]), floats([3], [1, 1, 1])],
    attributes: { training_mode: int(1), epsilon: float(1e-3) },
    results: 3,
    unused: ['y1', 'y2'],
    theirs: (x = tf.scalar(0), scale = tf.scalar(1), shift = tf.scalar(0)) => {
      const { mean, variance } = tf.moments(last(x), [0, 1, 2])
      return first(tf.batchNorm(last(x), mean, variance, shift, scale, Math.fround(1e-3)))
    },
  },
  {
    title: 'MatMul of batches',
    op: 'MatMul',
    inputs: [real([2, 3, 4]), real([2, 4, 2])],
    theirs: (a = tf.scalar(0), b = tf.scalar(0)) => tf.matMul(a, b),
  },
  {
    title: 'Softmax',
    op: 'Softmax',
    inputs: [real([2, 3, 4])],
    theirs: (x = tf.scalar(0)) => tf.softmax(x),
  },
  {
    title: 'LogSoftmax',
    op: 'LogSoftmax',
    inputs: [real([2, 3, 4])],
    theirs: (x = tf.scalar(0)) => tf.logSoftmax(x),
  },
  {
    title: 'PRelu',
    op: 'PRelu',
    inputs: [real([2, 3, 4]), real([3, 1])],
    theirs: (x = tf.scalar(0), slope = tf.scalar(0)) => tf.prelu(x, slope),
  },
  {
    title: 'Clip',
    op: 'Clip',
    inputs: [real([2, 9], -3, 9), scalar(0), scalar(6)],
    theirs: (x = tf.scalar(0)) => tf.clipByValue(x, 0, 6),
  },
  {
    title: 'Pow',
    op: 'Pow',
    inputs: [real([2, 3], 0.5, 2), real([3])],
    theirs: (a = tf.scalar(0), b = tf.scalar(0)) => tf.pow(a, b),
  },
  {
    title: 'Div',
    op: 'Div',
    inputs: [real([2, 3]), real([3], 0.5, 2)],
    theirs: (a = tf.scalar(0), b = tf.scalar(0)) => tf.div(a, b),
  },
  {
    title: 'Slice',
    op: 'Slice',
    inputs: [real([4, 5]), ints(1, 0), ints(4, 3), ints(0, 1)],
    theirs: (x = tf.scalar(0)) => tf.slice(x, [1, 0], [3, 3]),
  },
  {
    title: 'Gather',
    op: 'Gather',
    inputs: [real([2, 3, 4]), ints(2, 0, 2)],
    attributes: { axis: int(1) },
    theirs: (x = tf.scalar(0)) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32'), 1),
  },
  {
    title: 'ReduceMax',
    op: 'ReduceMax',
    inputs: [real([2, 3, 4])],
    attributes: { axes: list(1) },
    theirs: (x = tf.scalar(0)) => tf.max(x, 1, true),
  },
  {
    title: 'Erf',
    op: 'Erf',
    inputs: [real([2, 3, 4])],
    theirs: (x = tf.scalar(0)) => tf.erf(x),
  },
]

/** TensorFlow.js's gradients of the same loss, one for each real input. */
function theirGradients({ theirs }: Opinion, ours: ReturnType<typeof gradientsOf>): Float64Array[] {
  const factors = tf.tensor(Float32Array.from(ours.factors.data), [...ours.factors.shape])
  const inputs = ours.inputs.map(({ shape, data }) =>
    tf.tensor(Float32Array.from(data), [...shape]),
  )
  const gradients = tf.grads((...xs: tf.Tensor[]) => tf.sum(tf.mul(theirs(...xs), factors)))(inputs)
  return gradients.map((gradient) => Float64Array.from(gradient.dataSync()))
}

beforeAll(async () => {
  await tf.setBackend('cpu')
})

describe('TensorFlow.js has the same gradient for', () => {
  test.each(opinions)('$title', (row) => {
    const ours = gradientsOf(row)
    for (const [i, theirs] of theirGradients(row, ours).entries())
      expect(relativeError(ours.gradients[i] ?? [], theirs)).toBeLessThan(1e-4)
  })
})
