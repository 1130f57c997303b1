/**
 * @file A stroke as bytes: the rectangle of the mask that it changed, with what is there after it.
 * Whatever changes a mask is one: a dab, a fill, an undo. A stroke of the whole mask starts one.
 *
 * Bytes: width and height of the mask, then x, y, width, height of the rectangle, each an unsigned
 * 32-bit number, big-endian; then class indices row by row.
 */
import { AppError } from './errors.ts'
import type { Size } from './recipe.ts'

export interface Stroke {
  /** Of the whole mask. */
  mask: Size
  x: number
  y: number
  width: number
  height: number
  /** `[height, width]` class indices, 255 = ignore. */
  data: Uint8Array
}

const headerFields = 6
export const strokeHeaderBytes = 4 * headerFields

export function packStroke({ mask, x, y, width, height, data }: Stroke): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(strokeHeaderBytes + data.length)
  const header = new DataView(bytes.buffer)
  const fields = [mask.width, mask.height, x, y, width, height]
  for (const [i, field] of fields.entries()) header.setUint32(4 * i, field)
  bytes.set(data, strokeHeaderBytes)
  return bytes
}

/** The inverse of `packStroke`, without a copy. Throws `bad-mask` where the bytes are not those of a stroke. */
export function unpackStroke(bytes: Uint8Array): Stroke {
  if (bytes.length >= strokeHeaderBytes) {
    const header = new DataView(bytes.buffer, bytes.byteOffset)
    const field = (i: number) => header.getUint32(4 * i)
    const stroke: Stroke = {
      mask: { width: field(0), height: field(1) },
      ...{ x: field(2), y: field(3), width: field(4), height: field(5) },
      data: bytes.subarray(strokeHeaderBytes),
    }
    const { mask, x, y, width, height, data } = stroke
    const isInside = x + width <= mask.width && y + height <= mask.height
    if (isInside && width > 0 && height > 0 && data.length === width * height) return stroke
  }
  throw new AppError(
    'bad-mask',
    `a stroke of ${bytes.length} bytes does not hold a rectangle of a mask`,
    'Reload the page and paint it again.',
  )
}
