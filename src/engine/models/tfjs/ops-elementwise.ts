/** @file Operators that work on each element: arithmetic, activations, normalisation. */
import type { Attribute } from '../../onnx/graph.ts'
import { floatTensor, sizeOf, tensorOf } from '../../onnx/tensor.ts'
import type { Rule, Rules } from './rule.ts'
import type { Step } from './step.ts'
import {
  broadcastShape,
  type Computed,
  isConstant,
  plainOrder,
  shapeOf,
  transposed,
  type Value,
} from './value.ts'

/** Shape with leading ones, as broadcasting sees it. */
function withRank(shape: readonly number[], rank: number): number[] {
  return [...new Array<number>(rank - shape.length).fill(1), ...shape]
}

/** An operand as an ONNX value that broadcasts against one that lies in `order`. */
export function operand(step: Step, index: number, order: readonly number[]): string {
  const value = step.input(index)
  const shape = withRank(shapeOf(value), order.length)
  if (isConstant(value)) {
    const name = `${step.node.name}/operand${index}`
    return step.weight(name, transposed({ ...value.constant, shape }, order))
  }
  if (value.shape.length === order.length) return step.reorder(value, order).name
  const plain = step.reorder(value, plainOrder(value.shape.length))
  const target = step.weight(
    `${step.node.name}/shape${index}`,
    tensorOf('int64', [shape.length], shape),
  )
  const name = step.emit('Reshape', [plain.name, target], {}, `/reshape${index}`)
  return step.reorder({ ...plain, name, shape, order: plainOrder(shape.length) }, order).name
}

/** The operand whose order of dimensions the result takes: the computed one of highest rank. */
function leader(step: Step): Computed {
  const computed = step.inputs.filter((value: Value) => !isConstant(value))
  const [first, ...others] = computed.toSorted((a, b) => shapeOf(b).length - shapeOf(a).length)
  if (!first || isConstant(first)) throw step.unsupported('has no computed operand')
  const inside = others.find((value) => !isConstant(value) && value.dilation !== first.dilation)
  if (inside) throw step.unsupported('joins values inside and outside of SpaceToBatchND')
  return first
}

function checkDilated(step: Step, lead: Computed): void {
  const constants = step.inputs.filter(isConstant)
  if (
    lead.dilation &&
    constants.some(({ constant }) => sizeOf(constant.shape) !== (constant.shape.at(-1) ?? 1))
  )
    throw step.unsupported('differs from pixel to pixel inside of SpaceToBatchND')
}

function arithmetic(op: string): Rule {
  return (step) => {
    const lead = leader(step)
    checkDilated(step, lead)
    const names = step.inputs.map((_, index) => operand(step, index, lead.order))
    const shape = step.inputs.map(shapeOf).reduce(broadcastShape)
    return { ...lead, name: step.emit(op, names), shape }
  }
}

const limit = (value: number) => floatTensor([], Float32Array.of(value))

type Activation = (step: Step, x: string, slope: string | null) => string

/** Activations by TensorFlow's names, also of those that are fused into other operators. */
const activations: Readonly<Record<string, Activation>> = {
  Relu: (step, x) => step.emit('Relu', [x]),
  Relu6: (step, x) =>
    step.emit('Clip', [
      x,
      step.weight('constants/0', limit(0)),
      step.weight('constants/6', limit(6)),
    ]),
  Elu: (step, x) => step.emit('Elu', [x]),
  LeakyRelu: (step, x) =>
    step.emit('LeakyRelu', [x], {
      alpha: { float: step.number('alpha', step.number('leakyrelu_alpha', 0.2)) },
    }),
  Prelu: (step, x, slope) => step.emit('PRelu', [x, slope ?? '']),
  Sigmoid: (step, x) => step.emit('Sigmoid', [x]),
  Tanh: (step, x) => step.emit('Tanh', [x]),
}

/** Applies an activation; `slopeIndex` is the input that holds the slope of a Prelu. */
export function activate(step: Step, x: Computed, kind: string, slopeIndex: number): Computed {
  const activation = activations[kind]
  if (!activation) throw step.unsupported(`has the unknown activation ${kind}`)
  const slope = kind === 'Prelu' ? operand(step, slopeIndex, x.order) : null
  return { ...x, name: activation(step, x.name, slope) }
}

function unary(op: string, attributes: Record<string, Attribute> = {}): Rule {
  return (step) => {
    const x = step.computed(0)
    return { ...x, name: step.emit(op, [x.name], attributes) }
  }
}

const batchNormalization: Rule = (step) => {
  if (step.flag('is_training')) throw step.unsupported('is in training mode')
  const x = step.computed(0, [0, 3, 1, 2])
  const names = ['scale', 'offset', 'mean', 'variance']
  const weights = names.map((name, i) =>
    step.weight(`${step.node.name}/${name}`, step.constant(i + 1)),
  )
  const epsilon = { float: step.number('epsilon', 1e-3) }
  return { ...x, name: step.emit('BatchNormalization', [x.name, ...weights], { epsilon }) }
}

const softmax: Rule = (step) => {
  const x = step.computed(0)
  const axis = { int: x.order.indexOf(x.shape.length - 1) }
  return { ...x, name: step.emit('Softmax', [x.name], { axis }) }
}

/** x · x: ONNX has no square. */
const square: Rule = (step) => {
  const x = step.computed(0)
  return { ...x, name: step.emit('Mul', [x.name, x.name]) }
}

const reciprocalRoot: Rule = (step) => {
  const x = step.computed(0)
  const root = step.emit('Sqrt', [x.name], {}, '/root')
  return { ...x, name: step.emit('Reciprocal', [root]) }
}

const same: Rule = (step) => step.input(0)

export const elementwiseRules: Rules = {
  Add: arithmetic('Add'),
  AddV2: arithmetic('Add'),
  AddN: (step) => arithmetic(step.inputs.length === 2 ? 'Add' : 'Sum')(step),
  BiasAdd: arithmetic('Add'),
  Sub: arithmetic('Sub'),
  Mul: arithmetic('Mul'),
  Div: arithmetic('Div'),
  RealDiv: arithmetic('Div'),
  Maximum: arithmetic('Max'),
  Minimum: arithmetic('Min'),
  ...Object.fromEntries(
    Object.keys(activations).map((kind): [string, Rule] => [
      kind,
      (step) => activate(step, step.computed(0), kind, 1),
    ]),
  ),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Rsqrt: reciprocalRoot,
  Square: square,
  Neg: unary('Neg'),
  Abs: unary('Abs'),
  Floor: unary('Floor'),
  Softplus: unary('Softplus'),
  Softmax: softmax,
  FusedBatchNorm: batchNormalization,
  FusedBatchNormV2: batchNormalization,
  FusedBatchNormV3: batchNormalization,
  Identity: same,
  StopGradient: same,
}
