/** @file A mask as bytes: what its SHA-256 is taken over, and how it crosses the wire. */
import { AppError } from './errors.ts'
import type { ClassMask } from './mask.ts'

/** Width and height, each as an unsigned 32-bit number, big-endian. */
const headerBytes = 8

/** Width, height, then the pixels row by row; equal masks have equal bytes. */
export function packMask(mask: ClassMask): Uint8Array {
  const bytes = new Uint8Array(headerBytes + mask.data.length)
  const header = new DataView(bytes.buffer)
  header.setUint32(0, mask.width)
  header.setUint32(4, mask.height)
  bytes.set(mask.data, headerBytes)
  return bytes
}

/** The inverse of `packMask`, without a copy of the pixels. Throws `bad-mask` when the length is wrong. */
export function unpackMask(bytes: Uint8Array): ClassMask {
  if (bytes.length >= headerBytes) {
    const header = new DataView(bytes.buffer, bytes.byteOffset)
    const width = header.getUint32(0)
    const height = header.getUint32(4)
    const data = bytes.subarray(headerBytes)
    if (data.length === width * height) return { width, height, data }
  }
  throw new AppError(
    'bad-mask',
    `a mask of ${bytes.length} bytes does not hold width, height and as many pixels`,
    'The mask is damaged; restore the project from a backup.',
  )
}
