/** @file Frames of tapes as the painter needs them: to look at, and their colours. */

import { byteAddress } from '../../../../shared/byte-routes.ts'
import { AppError } from '../../../../shared/errors.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import type { FramePlace } from '../journal/frame-place.ts'
import { failureOf } from '../journal/journal.ts'
import type { Picture } from '../raster/colour.ts'

export interface FramePicture extends Picture {
  bitmap: ImageBitmap
}

const headerBytes = 8
const opaque = 0xff000000

/** Fetches bytes; null where there are none. Throws what the engine says. */
export async function fetchBytes(
  address: string,
  signal?: AbortSignal,
): Promise<ArrayBuffer | null> {
  const response = await askForBytes(address, signal)
  if (response.status === 404) return null
  if (!response.ok) throw await failureOf(response)
  return response.arrayBuffer()
}

/** A picture as `raw` bytes carry it: width, height, RGB. */
export function unpackPicture(bytes: ArrayBuffer): Picture {
  const header = new DataView(bytes)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  const rgb = new Uint8Array(bytes, headerBytes)
  if (rgb.length !== 3 * width * height)
    throw new AppError('bad-value', `a picture of ${width}x${height} came with ${rgb.length} bytes`)
  return { width, height, rgb }
}

/** Colours as pixels of a canvas. */
export function rgbaOf({ width, height, rgb }: Picture): ImageData {
  const pixels = new Uint32Array(width * height)
  for (let at = 0, from = 0; at < pixels.length; at++, from += 3)
    pixels[at] =
      opaque | ((rgb[from + 2] ?? 0) << 16) | ((rgb[from + 1] ?? 0) << 8) | (rgb[from] ?? 0)
  return new ImageData(new Uint8ClampedArray(pixels.buffer), width, height)
}

/** A frame through the recipe, decoded. Throws `no-such-frame`, `tape-missing` and the like. */
export async function loadPicture(project: string, place: FramePlace): Promise<FramePicture> {
  const address = byteAddress.picture({ project, ...place }, 'recipe', 'raw')
  const response = await fetch(address)
  if (!response.ok) throw await failureOf(response)
  const picture = unpackPicture(await response.arrayBuffer())
  return { ...picture, bitmap: await createImageBitmap(rgbaOf(picture)) }
}

export function bytesOfPicture({ width, height }: FramePicture): number {
  return 7 * width * height
}
