/** @file Shapes of operators that work on each number by itself. */
import { elementType } from '../tensor.ts'
import { type Known, type NodeView, type Shape, type ShapeRules, sameRule } from './node-view.ts'

const unary = [
  ...['Abs', 'Acos', 'Asin', 'Atan', 'Ceil', 'Celu', 'Clip', 'Cos', 'Elu', 'Erf', 'Exp', 'Floor'],
  ...['Gelu', 'HardSigmoid', 'HardSwish', 'Identity', 'LeakyRelu', 'Log', 'LogSoftmax', 'Mish'],
  ...['Neg', 'Not', 'Reciprocal', 'Relu', 'Round', 'Selu', 'Sigmoid', 'Sign', 'Sin', 'Softmax'],
  ...['Softplus', 'Softsign', 'Sqrt', 'Tan', 'Tanh', 'ThresholdedRelu', 'Hardmax'],
  ...['com.microsoft.Gelu', 'com.microsoft.QuickGelu', 'com.microsoft.FastGelu'],
]

const arithmetic = ['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'Min', 'Max', 'Sum', 'Mean']
const logical = ['And', 'Or', 'Xor', 'BitwiseAnd', 'BitwiseOr', 'BitShift']
const comparisons = ['Equal', 'Greater', 'Less', 'GreaterOrEqual', 'LessOrEqual']
const tests = ['IsNaN', 'IsInf']

/**
 * The common shape of operands, as numpy broadcasts them. Throws `unsupported-model` when they do
 * not fit.
 */
export function broadcast(view: NodeView, shapes: readonly Shape[]): Shape {
  const rank = Math.max(...shapes.map(({ length }) => length))
  return Array.from({ length: rank }, (_, i) => {
    const sides = shapes.map((shape) => shape[shape.length - rank + i] ?? 1)
    const side = sides.find((other) => other !== 1) ?? 1
    if (sides.every((other) => other === 1 || other === side)) return side
    return view.fail(`its operands [${shapes.join('] and [')}] do not fit each other`)
  })
}

const together = (view: NodeView): Shape =>
  broadcast(
    view,
    view.inputs.map(({ shape }) => shape),
  )

function cast(view: NodeView): readonly Known[] {
  const number = view.int('to', 0)
  const type = elementType(number) ?? view.fail(`element type ${number} is not supported`)
  return [{ type, shape: view.input(0).shape }]
}

function where(view: NodeView): readonly Known[] {
  return [{ type: view.input(1).type, shape: together(view) }]
}

export const elementwiseRules: ShapeRules = {
  ...sameRule(unary, (view) => [view.input(0)]),
  ...sameRule([...arithmetic, ...logical], (view) => [
    { type: view.input(0).type, shape: together(view) },
  ]),
  ...sameRule(comparisons, (view) => [{ type: 'bool', shape: together(view) }]),
  ...sameRule(tests, (view) => [{ type: 'bool', shape: view.input(0).shape }]),
  PRelu: (view) => [view.input(0)],
  Cast: cast,
  CastLike: (view) => [{ type: view.input(1).type, shape: view.input(0).shape }],
  Where: where,
  Dropout: (view) => [view.input(0), { type: 'bool', shape: view.input(0).shape }],
}
