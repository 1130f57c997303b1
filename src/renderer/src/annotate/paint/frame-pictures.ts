/** @file Frames of tapes as the painter needs them: to look at, and their colours. */

import { byteAddress } from '../../../../shared/byte-routes.ts'
import { loadBitmap } from '../../canvas/raw-picture.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'
import type { FramePlace } from '../journal/frame-place.ts'
import type { Picture } from '../raster/colour.ts'

export interface FramePicture extends Picture {
  bitmap: ImageBitmap
}

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

/** A frame through the recipe, decoded. Throws `no-such-frame`, `tape-missing` and the like. */
export function loadPicture(project: string, { tape, frame }: FramePlace): Promise<FramePicture> {
  return loadBitmap(byteAddress.picture({ project, tape, frame }, 'recipe', 'raw'))
}

export function bytesOfPicture({ width, height }: FramePicture): number {
  return 7 * width * height
}
