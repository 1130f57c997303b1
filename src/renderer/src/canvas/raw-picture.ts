/** @file Pictures as the engine sends them, for a canvas. */
import { askForBytes } from '../state/ask-for-bytes.ts'
import { failureOf } from '../state/bytes-failure.ts'
import { type RawPicture, unpackRaw } from './raw-pixels.ts'
import { convert } from './raw-thread.ts'

async function fetchRaw(address: string, signal?: AbortSignal): Promise<ArrayBuffer> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await failureOf(response)
  return response.arrayBuffer()
}

/**
 * Loads a picture in the format `raw`.
 *
 * @throws AppError what the engine says: `tape-missing`, `no-such-frame`, `bad-recipe` …
 */
export async function loadRaw(address: string, signal?: AbortSignal): Promise<ImageData> {
  const bytes = await fetchRaw(address, signal)
  const { width, height } = unpackRaw(bytes)
  const { pixels } = await convert(bytes, 'pixels')
  return new ImageData(new Uint8ClampedArray(pixels ?? new ArrayBuffer(0)), width, height)
}

/** Loads a picture as `loadRaw`, to be drawn as it is and with its colours to look at. */
export async function loadBitmap(
  address: string,
  signal?: AbortSignal,
): Promise<RawPicture & { bitmap: ImageBitmap }> {
  const sent = await fetchRaw(address, signal)
  unpackRaw(sent)
  const { bytes, bitmap } = await convert(sent, 'bitmap')
  if (!bitmap) throw new Error('the worker sent no picture')
  return { ...unpackRaw(bytes), bitmap }
}
