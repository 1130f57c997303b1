/** @file Reductions and fills, computed. */
import { constantTensor, fillOf } from '../shape-rules/constants.ts'
import { reducedAxes } from '../shape-rules/reductions.ts'
import { numbersOf, sizeOf } from '../tensor.ts'
import { type Evaluator, type Evaluators, resultOf, valuesOf } from './evaluator.ts'
import { offsetsOf, stridesOf } from './layout-offsets.ts'

/** Reduces the elements that share a place in the result; `finish` gets how many they were. */
const reduction =
  (
    combine: (a: number, b: number) => number,
    finish: (value: number, count: number) => number = (value) => value,
  ): Evaluator =>
  (view) => {
    const { shape } = view.input(0)
    const axes = reducedAxes(view)
    const strides = stridesOf(shape)
    const values = valuesOf(view, 0)
    const inside = (axis: number): boolean => axes.includes(axis)
    const pick = (list: readonly number[], reduced: boolean): number[] =>
      list.filter((_, axis) => inside(axis) === reduced)
    const within = offsetsOf(pick(shape, true), pick(strides, true))
    return [
      offsetsOf(pick(shape, false), pick(strides, false)).map((place) =>
        finish(
          within.map((offset) => values[place + offset] ?? NaN).reduce(combine),
          within.length,
        ),
      ),
    ]
  }

const fill: Evaluator = (view, results) => {
  const [value = 0] = numbersOf(fillOf(view))
  return [new Float64Array(sizeOf(resultOf(view, results).shape)).fill(value)]
}

const range: Evaluator = (view, results) => {
  const [start = 0] = valuesOf(view, 0)
  const [delta = 1] = valuesOf(view, 2)
  return [
    Float64Array.from(
      { length: sizeOf(resultOf(view, results).shape) },
      (_, i) => start + i * delta,
    ),
  ]
}

const add = (a: number, b: number): number => a + b

export const reductionEvaluators: Evaluators = {
  ReduceSum: reduction(add),
  ReduceMean: reduction(add, (sum, count) => sum / count),
  ReduceProd: reduction((a, b) => a * b),
  ReduceMax: reduction((a, b) => Math.max(a, b)),
  ReduceMin: reduction((a, b) => Math.min(a, b)),
  Constant: (view) => [numbersOf(constantTensor(view))],
  ConstantOfShape: fill,
  Range: range,
}
