/** @file Pictures as the engine sends them, for a canvas. */

import { z } from 'zod'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { fromWireError } from '../../../shared/rpc.ts'
import { askForBytes } from '../state/ask-for-bytes.ts'

const headerBytes = 8

const wireErrorSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() })

/** Bytes `raw` of byte-routes.ts: width and height (uint32, big-endian), then RGB. */
export function unpackRaw(bytes: ArrayBuffer): ImageData {
  const header = new DataView(bytes)
  const [width, height] = [header.getUint32(0), header.getUint32(4)]
  const rgb = new Uint8Array(bytes, headerBytes)
  const rgba = new Uint32Array(width * height)
  // As little-endian 32-bit words: every machine that runs Chromium is.
  for (let i = 0, from = 0; i < rgba.length; i++, from += 3)
    rgba[i] =
      0xff000000 | ((rgb[from + 2] ?? 0) << 16) | ((rgb[from + 1] ?? 0) << 8) | (rgb[from] ?? 0)
  return new ImageData(new Uint8ClampedArray(rgba.buffer), width, height)
}

/** Why an answer of /bytes/ is not what was asked for. */
export async function refusal(response: Response): Promise<AppError> {
  const told = wireErrorSchema.safeParse(await response.json().catch(() => null))
  if (told.success) return fromWireError(told.data)
  return toAppError(new Error(`the engine answered ${response.status}`))
}

/**
 * Loads a picture in the format `raw`.
 *
 * @throws AppError what the engine says: `tape-missing`, `no-such-frame`, `bad-recipe` …
 */
export async function loadRaw(address: string, signal?: AbortSignal): Promise<ImageData> {
  const response = await askForBytes(address, signal)
  if (!response.ok) throw await refusal(response)
  return unpackRaw(await response.arrayBuffer())
}
