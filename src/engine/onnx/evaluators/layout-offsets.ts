/** @file Where the elements of a result lie in what they are taken from. */
import { sizeOf } from '../tensor.ts'

type Shape = readonly number[]

/** Distance of neighbours along each axis of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
}

/** Strides that read a tensor as if it had been broadcast to `target`. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const strides = stridesOf(shape)
  const added = target.length - shape.length
  return target.map((_, i) => (shape[i - added] === 1 ? 0 : (strides[i - added] ?? 0)))
}

/** Offsets, row-major over `shape`, of elements that lie `strides` apart, from `first` on. */
export function offsetsOf(shape: Shape, strides: Shape, first = 0): Float64Array {
  let offsets = Float64Array.of(first)
  for (const [axis, side] of shape.entries()) {
    const stride = strides[axis] ?? 0
    const next = new Float64Array(offsets.length * side)
    for (let i = 0; i < next.length; i++)
      next[i] = (offsets[Math.floor(i / side)] ?? 0) + (i % side) * stride
    offsets = next
  }
  return offsets
}

/** The elements at some offsets. */
export function take(values: Float64Array, offsets: Float64Array): Float64Array {
  return offsets.map((offset) => values[offset] ?? Number.NaN)
}
