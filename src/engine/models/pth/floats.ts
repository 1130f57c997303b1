/** @file Numbers of any element type as float32. */
import type { Tensor } from '../../onnx/tensor.ts'

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** Every binary16 there is; made when the first one is met. */
let halves: Float32Array | null = null

function fromHalves(bits: ArrayLike<number>): Float32Array {
  halves ??= Float32Array.from({ length: 2 ** 16 }, (_, i) => halfToNumber(i))
  const result = new Float32Array(bits.length)
  for (let i = 0; i < result.length; i++) result[i] = halves[bits[i] ?? 0] ?? 0
  return result
}

/** bfloat16 is the upper half of a float32. */
function fromBfloats(bits: ArrayLike<number>): Float32Array {
  const upper = new Uint32Array(bits.length)
  for (let i = 0; i < upper.length; i++) upper[i] = (bits[i] ?? 0) << 16
  return new Float32Array(upper.buffer)
}

/** The elements as float32; those of a float32 tensor itself. */
export function toFloat32({ type, data }: Tensor): Float32Array {
  if (data instanceof Float32Array) return data
  if (type === 'float16' && data instanceof Uint16Array) return fromHalves(data)
  if (type === 'bfloat16' && data instanceof Uint16Array) return fromBfloats(data)
  if (data instanceof BigInt64Array || data instanceof BigUint64Array)
    return Float32Array.from(data, Number)
  return Float32Array.from(data)
}
