/** @file Pictures in the format `raw` of byte-routes.ts: width and height (uint32, big-endian), then RGB. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'

const headerBytes = 8
const opaque = 0xff000000

/** A picture as the engine sends it: `rgb` is `[height, width, 3]`. */
export interface RawPicture extends Size {
  rgb: Uint8Array
}

/** Without a copy. Throws `bad-value` where the bytes are not those of a picture. */
export function unpackRaw(bytes: ArrayBuffer): RawPicture {
  const header = new DataView(bytes)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  const rgb = new Uint8Array(bytes, headerBytes)
  if (rgb.length !== 3 * width * height)
    throw new AppError('bad-value', `a picture of ${width}x${height} came with ${rgb.length} bytes`)
  return { width, height, rgb }
}

/** Colours as pixels of a canvas, opaque. */
export function rgbaOf({ width, height, rgb }: RawPicture): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint32Array(width * height)
  // As little-endian 32-bit words: every machine that runs Chromium is.
  for (let at = 0, from = 0; at < pixels.length; at++, from += 3)
    pixels[at] =
      opaque | ((rgb[from + 2] ?? 0) << 16) | ((rgb[from + 1] ?? 0) << 8) | (rgb[from] ?? 0)
  return new Uint8ClampedArray(pixels.buffer)
}
