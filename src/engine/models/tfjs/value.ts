/** @file What a TensorFlow value becomes while its network is converted. */
import { type ElementType, sizeOf, type Tensor, tensorOf } from '../../onnx/tensor.ts'

/** Known now; dimensions in TensorFlow's order. */
export interface Constant {
  constant: Tensor
}

/**
 * Computed by the ONNX graph. `shape` is in TensorFlow's order. Dimension i of the ONNX value is
 * TensorFlow's dimension `order[i]`, so that images can lie as NCHW while axes keep their numbers.
 */
export interface Computed {
  name: string
  type: ElementType
  shape: readonly number[]
  order: readonly number[]
  /** Set between SpaceToBatchND and BatchToSpaceND, where a convolution is to be dilated. */
  dilation?: Dilation | undefined
}

/**
 * SpaceToBatchND cuts an image into `block` interleaved grids; a convolution of them is one of the
 * image with that dilation. `paddings` are [top, left, bottom, right] of the image.
 */
export interface Dilation {
  block: readonly [number, number]
  paddings: readonly [number, number, number, number]
  /** Takes the crops of BatchToSpaceND off the convolution's padding; null before there is one. */
  crop: ((crops: readonly number[]) => void) | null
}

export type Value = Constant | Computed

export function isConstant(value: Value): value is Constant {
  return 'constant' in value
}

export function shapeOf(value: Value): readonly number[] {
  return isConstant(value) ? value.constant.shape : value.shape
}

/** NHWC images stored as NCHW. */
export const imageOrder = [0, 3, 1, 2] as const

/** TensorFlow's own order. */
export function plainOrder(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis)
}

export function sameOrder(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((axis, i) => axis === b[i])
}

/** Axis as a number from 0, for one that may count from the end. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis
}

/** `values` (one per TensorFlow dimension) in the order of the ONNX value. */
export function ordered<Item>(values: readonly Item[], order: readonly number[]): Item[] {
  return order.flatMap((axis) => values.slice(axis, axis + 1))
}

/** `order` without some axes, which are gone: the others move up. */
export function orderWithout(order: readonly number[], axes: readonly number[]): number[] {
  const left = order.filter((axis) => !axes.includes(axis))
  return left.map((axis) => axis - axes.filter((gone) => gone < axis).length)
}

/** NumPy's rule: shapes are aligned at their ends, sides of 1 stretch. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const left = a[i - rank + a.length] ?? 1
    const right = b[i - rank + b.length] ?? 1
    return left === 1 ? right : left
  })
}

/** A constant with its dimensions in another order: dimension i of the result is `order[i]`. */
export function transposed(tensor: Tensor, order: readonly number[]): Tensor {
  if (sameOrder(order, plainOrder(tensor.shape.length))) return tensor
  const shape = ordered(tensor.shape, order)
  const strides = tensor.shape.map((_, axis) => sizeOf(tensor.shape.slice(axis + 1)))
  const steps = ordered(strides, order)
  const index = new Array<number>(shape.length).fill(0)
  let at = 0
  const values = Array.from({ length: sizeOf(shape) }, () => {
    const value = Number(tensor.data[at])
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (index[axis] ?? 0) + 1
      at += steps[axis] ?? 0
      index[axis] = next
      if (next < (shape[axis] ?? 1)) break
      at -= (steps[axis] ?? 0) * next
      index[axis] = 0
    }
    return value
  })
  return tensorOf(tensor.type, shape, values)
}
