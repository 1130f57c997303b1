/** @file Operators on constants, computed while converting: shapes, sizes, unfused weights. */
import { numbersOf, sizeOf, type Tensor, tensorOf } from '../../onnx/tensor.ts'
import { castType } from './ops-shape.ts'
import { sliceRange } from './slice.ts'
import type { Step } from './step.ts'
import { axisOf, broadcastShape, shapeOf } from './value.ts'

export type Fold = (step: Step) => Tensor

/** Index into `from` of each element of `shape`, by broadcasting. */
function broadcastIndex(from: readonly number[], shape: readonly number[]): (at: number) => number {
  const sides = shape.map((side, axis) => {
    const own = from[axis - shape.length + from.length] ?? 1
    const behind = from.slice(axis - shape.length + from.length + 1)
    return { side, own, stride: axis - shape.length + from.length < 0 ? 0 : sizeOf(behind) }
  })
  return (at) => {
    let rest = at
    let index = 0
    for (const { side, own, stride } of sides.toReversed()) {
      index += own === 1 ? 0 : (rest % side) * stride
      rest = Math.floor(rest / side)
    }
    return index
  }
}

function binary(combine: (a: number, b: number) => number): Fold {
  return (step) => {
    const [a, b] = [step.constant(0), step.constant(1)]
    const shape = broadcastShape(a.shape, b.shape)
    const [indexA, indexB] = [broadcastIndex(a.shape, shape), broadcastIndex(b.shape, shape)]
    const values = Array.from({ length: sizeOf(shape) }, (_, i) =>
      combine(Number(a.data[indexA(i)]), Number(b.data[indexB(i)])),
    )
    return tensorOf(a.type, shape, values)
  }
}

function unary(map: (value: number) => number): Fold {
  return (step) => {
    const tensor = step.constant(0)
    return tensorOf(tensor.type, tensor.shape, numbersOf(tensor).map(map))
  }
}

const reshapeTo = (tensor: Tensor, shape: number[]): Tensor => ({ ...tensor, shape })

/** Concatenation and slices of lists, which is all that sizes and shapes need. */
function list(step: Step, tensor: Tensor): number[] {
  if (tensor.shape.length > 1) throw step.unsupported('works on a constant of several dimensions')
  return numbersOf(tensor)
}

export const folds: Readonly<Record<string, Fold>> = {
  Add: binary((a, b) => a + b),
  AddV2: binary((a, b) => a + b),
  Sub: binary((a, b) => a - b),
  Mul: binary((a, b) => a * b),
  RealDiv: binary((a, b) => a / b),
  FloorDiv: binary((a, b) => Math.floor(a / b)),
  Maximum: binary(Math.max),
  Minimum: binary(Math.min),
  Neg: unary((value) => -value),
  Sqrt: unary(Math.sqrt),
  Rsqrt: unary((value) => 1 / Math.sqrt(value)),
  Identity: (step) => step.constant(0),
  Cast: (step) => {
    const tensor = step.constant(0)
    return tensorOf(castType(step, 'DstT').type, tensor.shape, numbersOf(tensor))
  },
  Reshape: (step) => reshapeTo(step.constant(0), step.integers(1)),
  Squeeze: (step) => {
    const tensor = step.constant(0)
    return reshapeTo(
      tensor,
      tensor.shape.filter((side) => side !== 1),
    )
  },
  ExpandDims: (step) => {
    const tensor = step.constant(0)
    const axis = axisOf(step.integer(1), tensor.shape.length + 1)
    return reshapeTo(tensor, tensor.shape.toSpliced(axis, 0, 1))
  },
  Pack: (step) => {
    const parts = step.inputs.map((_, i) => step.constant(i))
    const [first] = parts
    if (!first || step.number('axis', 0) !== 0) throw step.unsupported('packs along another axis')
    const values = parts.flatMap(numbersOf)
    return tensorOf(first.type, [parts.length, ...first.shape], values)
  },
  ConcatV2: (step) => {
    const parts = step.inputs.slice(0, -1).map((_, i) => step.constant(i))
    const values = parts.flatMap((part) => list(step, part))
    return tensorOf(parts[0]?.type ?? 'int32', [values.length], values)
  },
  Slice: (step) => sliceList(step),
  StridedSlice: (step) => sliceList(step),
}

function sliceList(step: Step): Tensor {
  const tensor = step.constant(0)
  const { starts, ends, steps, shrunk } = sliceRange(step, tensor.shape)
  const values = list(step, tensor)
  const [from = 0, to = values.length, by = 1] = [starts[0], ends[0], steps[0]]
  const taken = values.slice(from, to).filter((_, i) => i % by === 0)
  return tensorOf(tensor.type, shrunk.length > 0 ? [] : [taken.length], taken)
}

/** The shape of a value is known even where its elements are computed. */
export function foldShape(step: Step): Tensor {
  const shape = shapeOf(step.input(0))
  return tensorOf('int32', [shape.length], shape)
}
