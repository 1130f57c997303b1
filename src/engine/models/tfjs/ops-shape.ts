/** @file Operators that rearrange values: reshape, squeeze, transpose, slices, casts. */
import { type ElementType, intTensor, sizeOf } from '../../onnx/tensor.ts'
import type { Rule, Rules } from './rule.ts'
import { sliceRange } from './slice.ts'
import type { Step } from './step.ts'
import { axisOf, type Computed, ordered, orderWithout, plainOrder } from './value.ts'

/** TensorFlow's element types that networks compute with. */
const castTypes: Readonly<Record<string, { type: ElementType; number: number }>> = {
  DT_FLOAT: { type: 'float32', number: 1 },
  DT_UINT8: { type: 'uint8', number: 2 },
  DT_INT32: { type: 'int32', number: 6 },
  DT_INT64: { type: 'int64', number: 7 },
  DT_BOOL: { type: 'bool', number: 9 },
}

/** The ONNX type that a DT_ name stands for. */
export function castType(step: Step, attribute: string): { type: ElementType; number: number } {
  const name = step.typeName(attribute)
  const found = castTypes[name]
  if (!found) throw step.unsupported(`has the element type ${name}`)
  return found
}

const cast: Rule = (step) => {
  const x = step.computed(0)
  const { type, number } = castType(step, 'DstT')
  if (type === x.type) return x
  return { ...x, type, name: step.emit('Cast', [x.name], { to: { int: number } }) }
}

function reshapeTo(step: Step, x: Computed, shape: number[]): Computed {
  const plain = step.reorder(x, plainOrder(x.shape.length))
  const target = step.weight(`${step.node.name}/shape`, intTensor(shape))
  const name = step.emit('Reshape', [plain.name, target])
  return { ...plain, name, shape, order: plainOrder(shape.length) }
}

const reshape: Rule = (step) => {
  const x = step.computed(0)
  const wanted = step.integers(1)
  const known = wanted.reduce((product, side) => (side < 0 ? product : product * side), 1)
  const shape = wanted.map((side) => (side < 0 ? sizeOf(x.shape) / known : side))
  return reshapeTo(step, x, shape)
}

const squeeze: Rule = (step) => {
  const x = step.computed(0)
  const listed = step.numbers('squeeze_dims').map((axis) => axisOf(axis, x.shape.length))
  const ones = x.shape.flatMap((side, axis) => (side === 1 ? [axis] : []))
  const axes = listed.length > 0 ? listed : ones
  const places = intTensor(axes.map((axis) => x.order.indexOf(axis)))
  const name = step.emit('Squeeze', [x.name, step.weight(`${step.node.name}/axes`, places)])
  const shape = x.shape.filter((_, axis) => !axes.includes(axis))
  return { ...x, name, shape, order: orderWithout(x.order, axes) }
}

const expandDims: Rule = (step) => {
  const x = step.computed(0)
  const axis = axisOf(step.integer(1), x.shape.length + 1)
  const axes = step.weight(`${step.node.name}/axes`, intTensor([axis]))
  const moved = x.order.map((old) => (old < axis ? old : old + 1))
  return {
    ...x,
    name: step.emit('Unsqueeze', [x.name, axes]),
    shape: x.shape.toSpliced(axis, 0, 1),
    order: moved.toSpliced(axis, 0, axis),
  }
}

/** Only the order in which the dimensions are counted changes; nothing is computed. */
const transpose: Rule = (step) => {
  const x = step.computed(0)
  const perm = step.integers(1)
  return { ...x, shape: ordered(x.shape, perm), order: x.order.map((axis) => perm.indexOf(axis)) }
}

const slice: Rule = (step) => {
  const x = step.computed(0)
  const { starts, ends, steps, shrunk } = sliceRange(step, x.shape)
  const each = [starts, ends, steps].map((values) => ordered(values, x.order))
  const names = ['starts', 'ends', 'steps'].map((name, i) =>
    step.weight(`${step.node.name}/${name}`, intTensor(each[i] ?? [])),
  )
  const [first = '', last = '', by = ''] = names
  const axes = step.weight(`${step.node.name}/axes`, intTensor(plainOrder(x.shape.length)))
  const shape = starts.map((start, i) => Math.ceil(((ends[i] ?? 0) - start) / (steps[i] ?? 1)))
  const suffix = shrunk.length > 0 ? '/slice' : ''
  const name = step.emit('Slice', [x.name, first, last, axes, by], {}, suffix)
  if (shrunk.length === 0) return { ...x, name, shape }
  const gone = intTensor(shrunk.map((axis) => x.order.indexOf(axis)))
  return {
    ...x,
    name: step.emit('Squeeze', [name, step.weight(`${step.node.name}/shrunk`, gone)]),
    shape: shape.filter((_, axis) => !shrunk.includes(axis)),
    order: orderWithout(x.order, shrunk),
  }
}

export const shapeRules: Rules = {
  Cast: cast,
  Reshape: reshape,
  Squeeze: squeeze,
  ExpandDims: expandDims,
  Transpose: transpose,
  Slice: slice,
  StridedSlice: slice,
}
