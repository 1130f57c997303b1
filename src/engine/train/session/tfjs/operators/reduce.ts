/** @file Operators that sum up: reductions, products of matrices, softmax, normalisations. */
import type { Tensor } from '@tensorflow/tfjs-node'
import { intsAttribute } from '../../../../onnx/graph.ts'
import type { Tf } from '../load-tensorflow.ts'
import { input, type Operator, type Operators, type Step } from '../operator.ts'

function axesOf(step: Step, rank: number): number[] {
  const axes = step.constants(1) ?? intsAttribute(step.node, 'axes', [])
  if (axes.length > 0) return axes.map((axis) => (axis < 0 ? axis + rank : axis))
  return step.int('noop_with_empty_axes', 0) === 1 ? [] : Array.from({ length: rank }, (_, i) => i)
}

const reduce =
  (compute: (tf: Tf, x: Tensor, axes: number[]) => Tensor): Operator =>
  (step, inputs) => {
    const x = input(step, inputs)
    const reduced = compute(step.tf, x, axesOf(step, x.rank))
    return step.tf.reshape(reduced, [...step.outputShape()])
  }

const gemm: Operator = (step, inputs) => {
  const [a, b, c] = [input(step, inputs), input(step, inputs, 1), inputs[2]]
  const [left, right] = [step.int('transA', 0) === 1, step.int('transB', 0) === 1]
  const product = step.tf.matMul(a, b, left, right).mul(step.float('alpha', 1))
  return c ? product.add(c.mul(step.float('beta', 1))) : product
}

/** (x − mean) / sqrt(variance + epsilon) */
function normalised(tf: Tf, x: Tensor, axes: number[], epsilon: number): Tensor {
  const mean = tf.mean(x, axes, true)
  const centred = x.sub(mean)
  return centred.div(tf.sqrt(tf.mean(centred.square(), axes, true).add(epsilon)))
}

/** `[C]` beside `[N,C,…]` */
const perChannel = (value: Tensor, rank: number): Tensor =>
  value.reshape([1, value.size, ...Array.from({ length: rank - 2 }, () => 1)])

const batchNormalization: Operator = (step, inputs) => {
  const x = input(step, inputs)
  if (step.int('training_mode', 0) === 1) step.fail('it uses the statistics of the batch')
  const [scale, bias, mean, variance] = [1, 2, 3, 4].map((i) =>
    perChannel(input(step, inputs, i), x.rank),
  )
  if (!scale || !bias || !mean || !variance) return step.fail('inputs are missing')
  const deviation = step.tf.sqrt(variance.add(step.float('epsilon', 1e-5)))
  return x.sub(mean).div(deviation).mul(scale).add(bias)
}

const instanceNormalization: Operator = (step, inputs) => {
  const x = input(step, inputs)
  const axes = [...x.shape.keys()].slice(2)
  const even = normalised(step.tf, x, axes, step.float('epsilon', 1e-5))
  const [scale, bias] = [input(step, inputs, 1), input(step, inputs, 2)]
  return even.mul(perChannel(scale, x.rank)).add(perChannel(bias, x.rank))
}

const layerNormalization: Operator = (step, inputs) => {
  const x = input(step, inputs)
  const axes = [...x.shape.keys()].slice(step.axis(-1))
  const even = normalised(step.tf, x, axes, step.float('epsilon', 1e-5))
  const scaled = even.mul(input(step, inputs, 1))
  return inputs[2] ? scaled.add(inputs[2]) : scaled
}

export const reduceOperators: Operators = {
  ReduceSum: reduce((tf, x, axes) => tf.sum(x, axes)),
  ReduceMean: reduce((tf, x, axes) => tf.mean(x, axes)),
  ReduceMax: reduce((tf, x, axes) => tf.max(x, axes)),
  ReduceMin: reduce((tf, x, axes) => tf.min(x, axes)),
  ReduceL2: reduce((tf, x, axes) => tf.sqrt(tf.sum(x.square(), axes))),
  MatMul: (step, inputs) => {
    const [left, right] = [input(step, inputs), input(step, inputs, 1)]
    // A vector is a row on the left and a column on the right.
    const row = left.rank === 1 ? left.reshape([1, -1]) : left
    const column = right.rank === 1 ? right.reshape([-1, 1]) : right
    return step.tf.matMul(row, column).reshape([...step.outputShape()])
  },
  Gemm: gemm,
  Softmax: (step, inputs) => softmax(step, input(step, inputs)),
  LogSoftmax: (step, inputs) => {
    const x = input(step, inputs)
    return x.sub(step.tf.logSumExp(x, [softmaxAxis(step)], true))
  },
  BatchNormalization: batchNormalization,
  InstanceNormalization: instanceNormalization,
  LayerNormalization: layerNormalization,
}

/** Before version 13 the axes from there on counted as one; graphs here use it on single axes. */
const softmaxAxis = (step: Step): number => step.axis(step.graph.opset < 13 ? 1 : -1)

function softmax(step: Step, x: Tensor): Tensor {
  const axis = softmaxAxis(step)
  const grown = step.tf.exp(x.sub(step.tf.max(x, [axis], true)))
  return grown.div(step.tf.sum(grown, [axis], true))
}
