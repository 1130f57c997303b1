/** @file Constant tensors: the weights of a graph. */
import { AppError } from '../../shared/errors.ts'

export type TensorData =
  | Float32Array
  | Float64Array
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array

interface ArrayType<Item> {
  new (buffer: ArrayBufferLike, offset: number, length: number): TensorData
  from(values: ArrayLike<Item>): TensorData
  BYTES_PER_ELEMENT: number
}

interface ElementKind {
  /** ONNX's number of the type (TensorProto.DataType). */
  number: number
  bytes: number
  view(buffer: ArrayBufferLike, offset: number, length: number): TensorData
  from(values: ArrayLike<number>): TensorData
}

function kind<Item>(
  number: number,
  array: ArrayType<Item>,
  items: (values: ArrayLike<number>) => ArrayLike<Item>,
): ElementKind {
  return {
    number,
    bytes: array.BYTES_PER_ELEMENT,
    view: (buffer, offset, length) => new array(buffer, offset, length),
    from: (values) => array.from(items(values)),
  }
}

const plain = (number: number, array: ArrayType<number>) => kind(number, array, (items) => items)
const wide = (number: number, array: ArrayType<bigint>) => kind(number, array, bigInts)

/** 2^63 as a double stands for the largest int64: files use that as "to the end". */
function bigInts(values: ArrayLike<number>): bigint[] {
  const largest = 2n ** 63n - 1n
  return Array.from(values, (value) => (value >= 2 ** 63 ? largest : BigInt(Math.trunc(value))))
}

/** Both 16 bit floats are kept as bit patterns. */
const kinds = {
  float32: plain(1, Float32Array),
  uint8: plain(2, Uint8Array),
  int8: plain(3, Int8Array),
  uint16: plain(4, Uint16Array),
  int16: plain(5, Int16Array),
  int32: plain(6, Int32Array),
  int64: wide(7, BigInt64Array),
  bool: plain(9, Uint8Array),
  float16: plain(10, Uint16Array),
  float64: plain(11, Float64Array),
  uint32: plain(12, Uint32Array),
  uint64: wide(13, BigUint64Array),
  bfloat16: plain(16, Uint16Array),
} as const satisfies Record<string, ElementKind>

export type ElementType = keyof typeof kinds

export interface Tensor {
  type: ElementType
  shape: readonly number[]
  /** Row-major. */
  data: TensorData
}

const types = new Map<number, string>(
  Object.entries(kinds).map(([type, { number }]) => [number, type]),
)

/** Whether a name is that of an element type. */
export function isElementType(name: string | undefined): name is ElementType {
  return name !== undefined && name in kinds
}

/** Element type by ONNX's number, null for those that no network here has (text, complex, 4 bit). */
export function elementType(number: number): ElementType | null {
  const name = types.get(number)
  return isElementType(name) ? name : null
}

/** ONNX's number of an element type. */
export function elementNumber(type: ElementType): number {
  return kinds[type].number
}

/** Bytes of one element. */
export function elementBytes(type: ElementType): number {
  return kinds[type].bytes
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}

/**
 * A typed array over little-endian bytes, copied only where they are not aligned.
 * Throws RangeError when the bytes are no whole number of elements.
 */
export function viewBytes(type: ElementType, bytes: Uint8Array): TensorData {
  const size = elementBytes(type)
  const aligned = bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
  return kinds[type].view(aligned.buffer, aligned.byteOffset, bytes.length / size)
}

/** The bytes of a tensor's elements, without a copy. */
export function bytesOf(tensor: Tensor): Uint8Array {
  const { buffer, byteOffset, byteLength } = tensor.data
  return new Uint8Array(buffer, byteOffset, byteLength)
}

/** A tensor of numbers, converted to `type`. */
export function tensorOf(
  type: ElementType,
  shape: readonly number[],
  values: ArrayLike<number>,
): Tensor {
  return { type, shape, data: kinds[type].from(values) }
}

/** float32 tensor over `data`. */
export function floatTensor(shape: readonly number[], data: Float32Array): Tensor {
  return { type: 'float32', shape, data }
}

/** int64 tensor of one dimension: what ONNX takes as shapes, axes and sizes. */
export function intTensor(values: readonly number[]): Tensor {
  return tensorOf('int64', [values.length], values)
}

/** The elements as float32. Throws `unsupported-model` for other element types. */
export function floatsOf(tensor: Tensor, name: string): Float32Array {
  if (tensor.data instanceof Float32Array) return tensor.data
  throw new AppError(
    'unsupported-model',
    `weight '${name}' holds ${tensor.type}, float32 was expected`,
    'Export the network in float32.',
  )
}

/** The elements as numbers; those of 16 bit floats are bit patterns. */
export function numbersOf(tensor: Tensor): number[] {
  return Array.from(tensor.data, Number)
}
