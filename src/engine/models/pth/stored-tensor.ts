/** @file A tensor of a checkpoint: a view of a storage, copied out when it is asked for. */
import {
  type ElementType,
  elementBytes,
  sizeOf,
  type Tensor,
  viewBytes,
} from '../../onnx/tensor.ts'
import { refused } from './refuse.ts'
import type { Storage } from './storage.ts'

export interface Layout {
  /** In elements of the storage. */
  offset: number
  shape: readonly number[]
  strides: readonly number[]
}

/**
 * A few elements may be repeated into more than their storage has; beyond this it is no weight but
 * a bomb: strides of 0 make any number of elements of a single one.
 */
const largestRepetition = 2 ** 20

function checkLayout({ offset, shape, strides }: Layout, { count, key }: Storage): void {
  const show = `[${shape.join(', ')}], strides [${strides.join(', ')}], offset ${offset}`
  const whole = [offset, ...shape, ...strides]
  if (!whole.every((number) => Number.isSafeInteger(number) && number >= 0))
    throw refused(`a tensor has a negative or broken size, stride or offset: ${show}`)
  if (shape.length !== strides.length)
    throw refused(`a tensor has ${shape.length} dimensions and ${strides.length} strides: ${show}`)
  const elements = sizeOf(shape)
  if (elements > Math.max(count, largestRepetition))
    throw refused(`a tensor is too large for its storage of ${count} elements: ${show}`)
  if (elements === 0) return
  const last = shape.reduce((sum, side, axis) => sum + (side - 1) * (strides[axis] ?? 0), offset)
  if (last >= count)
    throw refused(`a tensor reaches beyond its storage '${key}' of ${count} elements: ${show}`)
}

/** Whether the elements lie one after the other, in order. */
function isContiguous({ shape, strides }: Layout): boolean {
  return shape.every((side, axis) => side === 1 || strides[axis] === sizeOf(shape.slice(axis + 1)))
}

type Words = Uint8Array | Uint16Array | Uint32Array

/** Bytes as words of the element's size, at most four bytes; copied only when not aligned. */
function wordsOf(bytes: Uint8Array, size: number): Words {
  const { buffer, byteOffset, length } = byteAligned(bytes, size)
  if (size === 1) return new Uint8Array(buffer, byteOffset, length)
  if (size === 2) return new Uint16Array(buffer, byteOffset, length / 2)
  return new Uint32Array(buffer, byteOffset, length / 4)
}

function byteAligned(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice()
}

/** Index of each element, in order of the shape. */
function* indicesOf({ offset, shape, strides }: Layout): Generator<number> {
  const at = shape.map(() => 0)
  let index = offset
  for (let left = sizeOf(shape); left > 0; left--) {
    yield index
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] ?? 0
      const next = (at[axis] ?? 0) + 1
      index += stride
      at[axis] = next
      if (next < (shape[axis] ?? 0)) break
      index -= next * stride
      at[axis] = 0
    }
  }
}

export class StoredTensor {
  readonly storage: Storage
  readonly layout: Layout

  /** Throws `bad-checkpoint` for a view that does not lie within its storage. */
  constructor(storage: Storage, layout: Layout) {
    checkLayout(layout, storage)
    this.storage = storage
    this.layout = layout
  }

  get type(): ElementType {
    return this.storage.type
  }

  get shape(): readonly number[] {
    return this.layout.shape
  }

  /** The elements in row-major order, in memory of their own. */
  read(): Tensor {
    return { type: this.type, shape: this.shape, data: viewBytes(this.type, this.#bytes()) }
  }

  #bytes(): Uint8Array {
    const size = elementBytes(this.type)
    const { bytes } = this.storage
    const { offset, shape } = this.layout
    if (isContiguous(this.layout))
      return bytes.slice(offset * size, (offset + sizeOf(shape)) * size)
    const unit = Math.min(4, size)
    const perElement = size / unit
    const from = wordsOf(bytes, unit)
    const result = new Uint8Array(sizeOf(shape) * size)
    const to = wordsOf(result, unit)
    let i = 0
    for (const index of indicesOf(this.layout))
      for (let word = 0; word < perElement; word++) to[i++] = from[index * perElement + word] ?? 0
    return result
  }
}
