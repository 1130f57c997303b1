/** @file Operators on each number by itself, computed. */
import { type ElementType, sizeOf } from '../tensor.ts'
import { type Evaluator, type Evaluators, resultOf, valuesOf } from './evaluator.ts'
import { broadcastStrides, offsetsOf, take } from './layout-offsets.ts'

const isReal = (type: ElementType): boolean => type.startsWith('float')

const unary: Readonly<Record<string, (value: number) => number>> = {
  Abs: Math.abs,
  Ceil: Math.ceil,
  Exp: Math.exp,
  Floor: Math.floor,
  Identity: (value) => value,
  Log: Math.log,
  Neg: (value) => -value,
  Not: (value) => (value === 0 ? 1 : 0),
  Reciprocal: (value) => 1 / value,
  Relu: (value) => Math.max(0, value),
  Round: roundToEven,
  Sigmoid: (value) => 1 / (1 + Math.exp(-value)),
  Sign: Math.sign,
  Sqrt: Math.sqrt,
  Tanh: Math.tanh,
}

function roundToEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

const yes = (test: boolean): number => (test ? 1 : 0)

const binary: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Pow: (a, b) => a ** b,
  Min: Math.min,
  Max: Math.max,
  Sum: (a, b) => a + b,
  And: (a, b) => yes(a !== 0 && b !== 0),
  Or: (a, b) => yes(a !== 0 || b !== 0),
  Xor: (a, b) => yes((a !== 0) !== (b !== 0)),
  Equal: (a, b) => yes(a === b),
  Greater: (a, b) => yes(a > b),
  Less: (a, b) => yes(a < b),
  GreaterOrEqual: (a, b) => yes(a >= b),
  LessOrEqual: (a, b) => yes(a <= b),
}

const onEach =
  (compute: (value: number) => number): Evaluator =>
  (view) => [valuesOf(view, 0).map(compute)]

/** Operators of any number of operands take them pair by pair. */
const onPairs =
  (compute: (a: number, b: number) => number): Evaluator =>
  (view, results) => {
    const { shape } = resultOf(view, results)
    const operands = view.inputs.map((input, i) =>
      take(valuesOf(view, i), offsetsOf(shape, broadcastStrides(input.shape, shape))),
    )
    return [operands.reduce((a, b) => a.map((value, i) => compute(value, b[i] ?? Number.NaN)))]
  }

/** Integers are divided towards zero. */
const divide: Evaluator = (view, results) => {
  const real = isReal(resultOf(view, results).type)
  return onPairs((a, b) => (real ? a / b : Math.trunc(a / b)))(view, results)
}

/** The remainder has the divisor's sign, or the dividend's with `fmod`. */
const remainder: Evaluator = (view, results) =>
  onPairs(view.int('fmod', 0) === 0 ? (a, b) => a - b * Math.floor(a / b) : (a, b) => a % b)(
    view,
    results,
  )

const cast: Evaluator = (view, results) => {
  const { type } = resultOf(view, results)
  const values = valuesOf(view, 0)
  if (type === 'bool') return [values.map((value) => yes(value !== 0))]
  return [isReal(type) ? values : values.map(Math.trunc)]
}

const where: Evaluator = (view, results) => {
  const { shape } = resultOf(view, results)
  const [test, a, b] = [0, 1, 2].map((i) =>
    take(valuesOf(view, i), offsetsOf(shape, broadcastStrides(view.input(i).shape, shape))),
  )
  return [
    Float64Array.from({ length: sizeOf(shape) }, (_, i) => (test?.[i] ? a?.[i] : b?.[i]) ?? NaN),
  ]
}

/** Bounds are inputs, or attributes up to operator set 10. */
const clip: Evaluator = (view) => {
  const least = view.numbers(1)?.[0] ?? view.float('min', -Infinity)
  const most = view.numbers(2)?.[0] ?? view.float('max', Infinity)
  return [valuesOf(view, 0).map((value) => Math.min(most, Math.max(least, value)))]
}

function mapTable<Function>(
  table: Readonly<Record<string, Function>>,
  map: (compute: Function) => Evaluator,
): Evaluators {
  return Object.fromEntries(Object.entries(table).map(([name, compute]) => [name, map(compute)]))
}

export const elementwiseEvaluators: Evaluators = {
  ...mapTable(unary, onEach),
  ...mapTable(binary, onPairs),
  Div: divide,
  Mod: remainder,
  Cast: cast,
  CastLike: cast,
  Where: where,
  Clip: clip,
}
