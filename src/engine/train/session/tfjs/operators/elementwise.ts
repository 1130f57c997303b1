/** @file Operators that work element by element. */
import type { Tensor } from '@tensorflow/tfjs-node'
import type { Tf } from '../load-tensorflow.ts'
import { given, input, type Operator, type Operators } from '../operator.ts'

const unary =
  (compute: (tf: Tf, x: Tensor) => Tensor): Operator =>
  (step, inputs) =>
    compute(step.tf, input(step, inputs))

const binary =
  (compute: (tf: Tf, x: Tensor, z: Tensor) => Tensor): Operator =>
  (step, inputs) =>
    compute(step.tf, input(step, inputs), input(step, inputs, 1))

const fold =
  (compute: (tf: Tf, x: Tensor, z: Tensor) => Tensor): Operator =>
  (step, inputs) =>
    given(inputs)
      .slice(1)
      .reduce((sum, each) => compute(step.tf, sum, each), step.tf.clone(input(step, inputs)))

/** TensorFlow.js's names of element types; wider integers hold small numbers here. */
const types: Readonly<Record<string, 'float32' | 'int32' | 'bool'>> = {
  float32: 'float32',
  int32: 'int32',
  int64: 'int32',
  uint8: 'int32',
  bool: 'bool',
}

const hardSigmoid = (tf: Tf, x: Tensor, alpha: number, beta: number): Tensor =>
  tf.clipByValue(x.mul(alpha).add(beta), 0, 1)

/** Tanh's and the error function's forms of GELU (https://arxiv.org/abs/1606.08415). */
function gelu(tf: Tf, x: Tensor, isApproximate: boolean): Tensor {
  const inner = isApproximate
    ? tf.tanh(x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI)))
    : tf.erf(x.div(Math.SQRT2))
  return x.mul(inner.add(1)).mul(0.5)
}

const arithmetic: Operators = {
  Add: binary((tf, x, z) => tf.add(x, z)),
  Sub: binary((tf, x, z) => tf.sub(x, z)),
  Mul: binary((tf, x, z) => tf.mul(x, z)),
  Div: binary((tf, x, z) => tf.div(x, z)),
  Pow: binary((tf, x, z) => tf.pow(x, z)),
  Max: fold((tf, x, z) => tf.maximum(x, z)),
  Min: fold((tf, x, z) => tf.minimum(x, z)),
  Sum: fold((tf, x, z) => tf.add(x, z)),
  Neg: unary((tf, x) => tf.neg(x)),
  Abs: unary((tf, x) => tf.abs(x)),
  Sign: unary((tf, x) => tf.sign(x)),
  Exp: unary((tf, x) => tf.exp(x)),
  Log: unary((tf, x) => tf.log(x)),
  Sqrt: unary((tf, x) => tf.sqrt(x)),
  Reciprocal: unary((tf, x) => tf.reciprocal(x)),
  Erf: unary((tf, x) => tf.erf(x)),
}

const logic: Operators = {
  Greater: binary((tf, x, z) => tf.greater(x, z)),
  GreaterOrEqual: binary((tf, x, z) => tf.greaterEqual(x, z)),
  Less: binary((tf, x, z) => tf.less(x, z)),
  LessOrEqual: binary((tf, x, z) => tf.lessEqual(x, z)),
  Equal: binary((tf, x, z) => tf.equal(x, z)),
  And: binary((tf, x, z) => tf.logicalAnd(x, z)),
  Or: binary((tf, x, z) => tf.logicalOr(x, z)),
  Not: unary((tf, x) => tf.logicalNot(x)),
  Where: (step, inputs) =>
    step.tf.where(
      input(step, inputs).broadcastTo([...step.outputShape()]),
      input(step, inputs, 1).broadcastTo([...step.outputShape()]),
      input(step, inputs, 2).broadcastTo([...step.outputShape()]),
    ),
  Cast: (step, inputs) => {
    const name = step.node.outputs[0] ?? ''
    const type = types[step.graph.values.get(name)?.type ?? '']
    return step.tf.cast(input(step, inputs), type ?? step.fail('its element type is not known'))
  },
}

const activations: Operators = {
  Relu: unary((tf, x) => tf.relu(x)),
  Sigmoid: unary((tf, x) => tf.sigmoid(x)),
  Tanh: unary((tf, x) => tf.tanh(x)),
  Softplus: unary((tf, x) => tf.softplus(x)),
  HardSwish: unary((tf, x) => x.mul(hardSigmoid(tf, x, 1 / 6, 0.5))),
  HardSigmoid: (step, inputs) =>
    hardSigmoid(step.tf, input(step, inputs), step.float('alpha', 0.2), step.float('beta', 0.5)),
  LeakyRelu: (step, inputs) => {
    const x = input(step, inputs)
    return step.tf.relu(x).sub(step.tf.relu(x.neg()).mul(step.float('alpha', 0.01)))
  },
  PRelu: (step, inputs) => {
    const x = input(step, inputs)
    return step.tf.relu(x).sub(step.tf.relu(x.neg()).mul(input(step, inputs, 1)))
  },
  Elu: (step, inputs) => {
    const x = input(step, inputs)
    const below = step.tf.minimum(x, 0).exp().sub(1).mul(step.float('alpha', 1))
    return step.tf.relu(x).add(below)
  },
  Gelu: (step, inputs) => {
    const approximate = step.node.attributes.approximate
    const isApproximate =
      approximate !== undefined && 'string' in approximate && approximate.string === 'tanh'
    return gelu(step.tf, input(step, inputs), isApproximate)
  },
  Clip: (step, inputs) => {
    const [low, high] = [step.constants(1)?.[0], step.constants(2)?.[0]]
    const from = low ?? step.float('min', Number.NEGATIVE_INFINITY)
    return step.tf.clipByValue(input(step, inputs), from, high ?? step.float('max', Infinity))
  },
}

export const elementwiseOperators: Operators = { ...arithmetic, ...logic, ...activations }
