/** @file What the network sees in a frame, as a coloured layer over the picture. */
import { byteAddress, type FrameAddress } from '../../../../shared/byte-routes.ts'
import type { ClassMask } from '../../../../shared/mask.ts'
import { unpackMask } from '../../../../shared/mask-codec.ts'
import { askForBytes } from '../../state/ask-for-bytes.ts'
import { failureOf } from '../../state/bytes-failure.ts'

const notFound = 404

/** Person probability, 0 … 255, at the recipe's size; null where none is stored. */
export async function loadPrediction(at: FrameAddress, run: number): Promise<ClassMask | null> {
  const response = await askForBytes(byteAddress.prediction(at, run))
  if (response.status === notFound) return null
  if (!response.ok) throw await failureOf(response)
  return unpackMask(new Uint8Array(await response.arrayBuffer()))
}

/** Orange; its strength goes by the probability, and is full where a pixel counts as a person. */
const colour = (230 << 0) | (159 << 8) | (0 << 16)
const half = 128
const faint = 90
const full = 150

/** Pixels of a canvas, red first: see-through where nobody is. */
export function tint({ data }: Pick<ClassMask, 'data'>): Uint32Array {
  const strengths = Uint32Array.from({ length: 256 }, (_, value) => {
    const alpha = value >= half ? full : Math.round((value / half) * faint)
    return value < 8 ? 0 : ((alpha << 24) | colour) >>> 0
  })
  const pixels = new Uint32Array(data.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = strengths[data[i] ?? 0] ?? 0
  return pixels
}

export function tintedCanvas(prediction: ClassMask): OffscreenCanvas {
  const { width, height } = prediction
  const canvas = new OffscreenCanvas(width, height)
  const bytes = new Uint8ClampedArray(tint(prediction).buffer as ArrayBuffer)
  canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
  return canvas
}
