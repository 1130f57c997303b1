/** @file Operators that move elements. */
import type { Tensor } from '@tensorflow/tfjs-node'
import { intsAttribute } from '../../../../onnx/graph.ts'
import { given, input, type Operator, type Operators, type Step } from '../operator.ts'
import { sliceAxis } from './slice-axis.ts'

/** The same elements in the shape that the graph notes. */
const reshaped: Operator = (step, inputs) =>
  step.tf.reshape(input(step, inputs), [...step.outputShape()])

const fromFront = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis)

/** Beyond the ends, `slice` counts as the end itself. */
function clamp(place: number, side: number, step: number): number {
  const plain = place < 0 ? place + side : place
  return step > 0 ? Math.min(Math.max(plain, 0), side) : Math.min(Math.max(plain, -1), side - 1)
}

const slice: Operator = (step, inputs) => {
  const x = input(step, inputs)
  const starts = step.constants(1) ?? intsAttribute(step.node, 'starts', [])
  const axes = step.constants(3) ?? intsAttribute(step.node, 'axes', [...starts.keys()])
  const steps = step.constants(4) ?? starts.map(() => 1)
  const out = step.outputShape()
  if (out.includes(0)) return step.tf.zeros([...out])
  return [...axes].reduce((value, each, i) => {
    const axis = fromFront(each, x.rank)
    const stride = steps[i] ?? 1
    const start = clamp(starts[i] ?? 0, x.shape[axis] ?? 1, stride)
    return sliceAxis(step.tf, value, axis, [start, out[axis] ?? 1, stride])
  }, step.tf.clone(x))
}

/** Before and after each axis; negative amounts cut off. */
function pad(step: Step, x: Tensor, amounts: readonly number[], value: number): Tensor {
  const { tf } = step
  const rank = x.rank
  const pairs = x.shape.map((_, i): [number, number] => [amounts[i] ?? 0, amounts[i + rank] ?? 0])
  const begin = pairs.map(([before]) => Math.max(0, -before))
  const size = x.shape.map((side, i) => side - (begin[i] ?? 0) - Math.max(0, -(pairs[i]?.[1] ?? 0)))
  const rest = tf.slice(x, begin, size)
  const added = pairs.map(([b, a]): [number, number] => [Math.max(0, b), Math.max(0, a)])
  return tf.pad(rest, added, value)
}

const padding: Operator = (step, inputs) => {
  const mode = step.node.attributes.mode
  if (mode && 'string' in mode && mode.string !== 'constant') step.fail(`its mode ${mode.string}`)
  const x = input(step, inputs)
  const given = step.constants(1) ?? intsAttribute(step.node, 'pads', [])
  const axes = (step.constants(3) ?? [...x.shape.keys()]).map((axis) => fromFront(axis, x.rank))
  const amounts = new Array<number>(2 * x.rank).fill(0)
  for (const [i, axis] of axes.entries()) {
    amounts[axis] = given[i] ?? 0
    amounts[axis + x.rank] = given[i + axes.length] ?? 0
  }
  return pad(step, x, amounts, step.constants(2)?.[0] ?? 0)
}

const split: Operator = (step, inputs) => {
  const axis = step.axis(0)
  const sizes = step.node.outputs.map((_, i) => step.outputShape(i)[axis] ?? 1)
  return step.tf.split(input(step, inputs), sizes, axis)
}

/** Whether what is scattered adds up, or takes the place of what was there. */
function addsUp(step: Step): boolean {
  const attribute = step.node.attributes.reduction
  const reduction = attribute && 'string' in attribute ? attribute.string : 'none'
  if (reduction !== 'add' && reduction !== 'none') step.fail(`its reduction is ${reduction}`)
  return reduction === 'add'
}

/** Puts rows of updates to the places that the rows of `places` name. */
function scatter(step: Step, x: Tensor, places: Tensor, updates: Tensor): Tensor {
  const { tf } = step
  const sides = tf.tensor1d(x.shape.slice(0, places.shape.at(-1) ?? 1), 'int32')
  const indices = tf.mod(places.cast('int32').add(sides), sides)
  const scattered = tf.scatterND(indices, updates, x.shape)
  if (addsUp(step)) return x.add(scattered)
  const isWritten = tf.scatterND(indices, tf.onesLike(updates), x.shape).greater(0)
  return tf.where(isWritten, scattered, x)
}

const scatterElements: Operator = (step, inputs) => {
  const [x, places, updates] = [0, 1, 2].map((i) => input(step, inputs, i))
  if (!x || !places || !updates || x.rank !== 1) return step.fail('it has several axes')
  return scatter(step, x, places.reshape([-1, 1]), updates)
}

const scatterRows: Operator = (step, inputs) => {
  const [x, places, updates] = [0, 1, 2].map((i) => input(step, inputs, i))
  if (!x || !places || !updates) return step.fail('inputs are missing')
  // TensorFlow.js wants a list of places, even of one.
  const depth = places.shape.at(-1) ?? 1
  const list = places.reshape([-1, depth])
  return scatter(step, x, list, updates.reshape([list.shape[0] ?? 1, ...x.shape.slice(depth)]))
}

export const shapeOperators: Operators = {
  Reshape: reshaped,
  Flatten: reshaped,
  Squeeze: reshaped,
  Unsqueeze: reshaped,
  Identity: reshaped,
  Dropout: (step, inputs) => {
    if ((step.constants(2)?.[0] ?? 0) !== 0) step.fail('it drops by chance')
    const x = input(step, inputs)
    return [step.tf.clone(x), step.tf.onesLike(x).cast('bool')]
  },
  Slice: slice,
  Pad: padding,
  Split: split,
  ScatterElements: scatterElements,
  ScatterND: scatterRows,
  Transpose: (step, inputs) => {
    const x = input(step, inputs)
    const order = intsAttribute(step.node, 'perm', [...x.shape.keys()].reverse())
    return step.tf.transpose(x, [...order])
  },
  Concat: (step, inputs) => step.tf.concat(given(inputs), step.axis(0)),
  Expand: (step, inputs) => input(step, inputs).broadcastTo([...step.outputShape()]),
  Tile: (step, inputs) => step.tf.tile(input(step, inputs), step.constants(1) ?? []),
  Gather: (step, inputs) => {
    const [x, places, axis] = [input(step, inputs), input(step, inputs, 1), step.axis(0)]
    const side = step.tf.scalar(x.shape[axis] ?? 1, 'int32')
    const fromStart = step.tf.mod(places.cast('int32').add(side), side)
    return step.tf.gather(x, fromStart, axis)
  },
}
