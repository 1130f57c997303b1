/** @file The memory blocks of a checkpoint, of which tensors are views. */
import { type ElementType, elementBytes } from '../../onnx/tensor.ts'
import { refused } from './refuse.ts'

/** Element types by the name of PyTorch's storage class. */
export const storageTypes: Readonly<Record<string, ElementType>> = {
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
}

export class Storage {
  readonly key: string
  readonly type: ElementType
  /** Number of elements. */
  readonly count: number
  #bytes: Uint8Array | null = null

  /** Throws `bad-checkpoint` unless `count` is a number of elements. */
  constructor(key: string, type: ElementType, count: number) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw refused(`the storage '${key}' has a negative or too large size: ${count} elements`)
    this.key = key
    this.type = type
    this.count = count
  }

  /** Gives it its bytes, which are not copied. Throws `bad-checkpoint` for another number of them. */
  fill(bytes: Uint8Array): void {
    const expected = this.count * elementBytes(this.type)
    if (bytes.length !== expected)
      throw refused(
        `the storage '${this.key}' claims ${expected} bytes (${this.count} of ${this.type}), the file has ${bytes.length}`,
      )
    this.#bytes = bytes
  }

  /** Throws `bad-checkpoint` when the file had none for it. */
  get bytes(): Uint8Array {
    if (this.#bytes) return this.#bytes
    throw refused(`the storage '${this.key}' is missing`)
  }
}
