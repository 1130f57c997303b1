/** @file Gradients of operators that join values, or take parts of them. */

import { AppError } from '../../../shared/errors.ts'
import { intAttribute, intsAttribute } from '../../onnx/graph.ts'
import type { GradientBuilder, GradientRule, GradientRules } from '../graph/gradient-builder.ts'
import { constantNumbers, type Names, type Part, plainAxis, rule, zeros } from './rule.ts'

const concat: GradientRule = (build, node, [dy = '']) => {
  let start = 0
  return node.inputs.map((name) => {
    const shape = build.shape(name)
    const axis = plainAxis(intAttribute(node, 'axis', 0), shape.length)
    const cut = { axis, start, end: start + (shape[axis] ?? 1) }
    start = cut.end
    return dy && build.wants(name) ? build.slice(dy, [cut]) : null
  })
}

const split: GradientRule = (build, node, upstream) => {
  const [x = ''] = node.inputs
  const axis = plainAxis(intAttribute(node, 'axis', 0), build.shape(x).length)
  const parts = node.outputs.map((output, i) => upstream[i] ?? zeros(build, build.shape(output)))
  return [build.concat(parts, axis)]
}

/** A value turned round along an axis. */
function reversed(build: GradientBuilder, value: string, axis: number): string {
  const side = build.shape(value)[axis] ?? 1
  return side === 1 ? value : build.slice(value, [{ axis, start: side - 1, end: -1, step: -1 }])
}

/** So many zeros before and after, along one axis alone. */
function padAxis(
  build: GradientBuilder,
  value: string,
  axis: number,
  [before, after]: readonly [number, number],
): string {
  const only = (amount: number): number[] =>
    build.shape(value).map((_, at) => (at === axis ? amount : 0))
  return build.pad(value, only(before), only(after))
}

/** `step` - 1 zeros after each element. */
function spread(build: GradientBuilder, value: string, axis: number, step: number): string {
  const shape = build.shape(value)
  const apart = build.reshape(value, shape.toSpliced(axis + 1, 0, 1))
  const wide = padAxis(build, apart, axis + 1, [0, step - 1])
  return build.reshape(wide, shape.with(axis, (shape[axis] ?? 1) * step))
}

/** Python's rule for the first element of a slice. */
function firstOf(start: number, step: number, side: number): number {
  const plain = start < 0 ? start + side : start
  return step > 0 ? Math.min(Math.max(plain, 0), side) : Math.min(Math.max(plain, -1), side - 1)
}

/** Back to where the elements came from, zeros elsewhere. */
const slice: Part = (build, { node, x, dy }) => {
  const shape = build.shape(x)
  const starts = constantNumbers(build, node, 1) ?? intsAttribute(node, 'starts', [])
  const axes = constantNumbers(build, node, 3) ?? intsAttribute(node, 'axes', [...starts.keys()])
  const steps = constantNumbers(build, node, 4) ?? []
  let part = dy
  const [before, after] = [shape.map(() => 0), shape.map(() => 0)]
  for (const [i, given] of axes.entries()) {
    const axis = plainAxis(given, shape.length)
    const [side, count] = [shape[axis] ?? 1, build.shape(part)[axis] ?? 1]
    const step = steps[i] ?? 1
    const first = firstOf(starts[i] ?? 0, step, side)
    if (step < 0) part = reversed(build, part, axis)
    if (Math.abs(step) > 1 && count > 1) part = spread(build, part, axis, Math.abs(step))
    const start = step < 0 ? first + (count - 1) * step : first
    before[axis] = start
    after[axis] = side - start - (build.shape(part)[axis] ?? 1)
  }
  return build.pad(part, before, after)
}

/** One padded axis: elements before the value, the value's own, elements after it. */
interface Padded {
  axis: number
  before: number
  after: number
  side: number
}

/** What padding that repeats elements adds to the gradient of these, for each end. */
type Fold = (build: GradientBuilder, end: string, padded: Padded) => string

/** By mode: the gradient of the elements in front, and of those behind, at their places in x. */
const folds: Readonly<Record<string, readonly [Fold, Fold]>> = {
  reflect: [
    (build, end, { axis, before, side }) =>
      padAxis(build, reversed(build, end, axis), axis, [1, side - 1 - before]),
    (build, end, { axis, after, side }) =>
      padAxis(build, reversed(build, end, axis), axis, [side - 1 - after, 1]),
  ],
  edge: [
    (build, end, { axis, side }) =>
      padAxis(build, build.reduceSum(end, [axis], true), axis, [0, side - 1]),
    (build, end, { axis, side }) =>
      padAxis(build, build.reduceSum(end, [axis], true), axis, [side - 1, 0]),
  ],
  wrap: [
    (build, end, { axis, before, side }) => padAxis(build, end, axis, [side - before, 0]),
    (build, end, { axis, after, side }) => padAxis(build, end, axis, [0, side - after]),
  ],
}

function foldAxis(
  build: GradientBuilder,
  value: string,
  padded: Padded,
  [front, back]: readonly [Fold, Fold],
): string {
  const { axis, before, after, side } = padded
  const end = before + side
  const parts = [build.slice(value, [{ axis, start: before, end }])]
  if (before > 0)
    parts.push(front(build, build.slice(value, [{ axis, start: 0, end: before }]), padded))
  if (after > 0)
    parts.push(back(build, build.slice(value, [{ axis, start: end, end: end + after }]), padded))
  return build.sum(parts)
}

/** Amounts for each axis; since operator set 18 for some axes only. */
function amounts(build: GradientBuilder, { node, x }: Names): Padded[] {
  const shape = build.shape(x)
  const pads = constantNumbers(build, node, 1) ?? intsAttribute(node, 'pads', [])
  const axes = constantNumbers(build, node, 3) ?? [...shape.keys()]
  return axes.map((given, i) => {
    const axis = plainAxis(given, shape.length)
    return {
      axis,
      before: pads[i] ?? 0,
      after: pads[i + axes.length] ?? 0,
      side: shape[axis] ?? 1,
    }
  })
}

const pad: Part = (build, names) => {
  const { mode } = names.node.attributes
  const name = mode && 'string' in mode ? mode.string : 'constant'
  const padded = amounts(build, names)
  if (name === 'constant')
    return padded.reduce(
      (value, { axis, before, after }) => padAxis(build, value, axis, [-before, -after]),
      names.dy,
    )
  const fold = folds[name]
  const beyond = padded.some(
    ({ before, after, side }) => Math.min(before, after) < 0 || Math.max(before, after) > side,
  )
  if (fold && !beyond)
    return padded
      .filter(({ before, after }) => before > 0 || after > 0)
      .reduce((value, one) => foldAxis(build, value, one, fold), names.dy)
  throw new AppError(
    'unsupported-model',
    `there is no gradient for Pad '${names.node.name}' with mode '${name}' and these amounts`,
    'Train only layers that come after it, or another network.',
  )
}

export const partRules: GradientRules = {
  Concat: concat,
  Split: split,
  Slice: rule(slice),
  Pad: rule(pad),
}
