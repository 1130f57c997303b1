/** @file A frame's picture with what was painted or found in it, as pixels of a canvas. */
import { byteAddress } from '../../../shared/byte-routes.ts'
import { ignoreIndex, type MaskClass, personIndexOf } from '../../../shared/mask.ts'
import { unpackMask } from '../../../shared/mask-codec.ts'
import { composeInto, outlineOf } from '../annotate/overlay/compose.ts'
import { paletteOf, pixelOfHex } from '../annotate/overlay/palette.ts'
import { loadRaw } from '../canvas/raw-picture.ts'
import { askForBytes } from '../state/ask-for-bytes.ts'
import { failureOf } from '../state/bytes-failure.ts'

/** Values 0 … 255, `[height, width]`: class indices, or person probability. */
export interface Layer {
  width: number
  height: number
  data: Uint8Array
}

export interface FrameAt {
  tape: number
  frame: number
}

/** From this probability on a pixel counts as a person. */
const cut = 128
/** What is found or painted lets the picture be seen below. */
const alpha = 150

/** A layer of a frame; null where there is none (yet). Throws what the engine says. */
export async function loadLayer(address: string, signal: AbortSignal): Promise<Layer | null> {
  const response = await askForBytes(address, signal)
  if (response.status === 404) return null
  if (!response.ok) throw await failureOf(response)
  return unpackMask(new Uint8Array(await response.arrayBuffer()))
}

export interface PaintedFrame {
  at: FrameAt
  picture: ImageData
  /** Null where the label has gone since. */
  mask: Layer | null
}

export async function loadPainted(
  project: string,
  at: FrameAt,
  signal: AbortSignal,
): Promise<PaintedFrame> {
  const place = { project, ...at }
  const [picture, mask] = await Promise.all([
    loadRaw(byteAddress.picture(place, 'recipe', 'raw'), signal),
    loadLayer(byteAddress.mask(place), signal),
  ])
  return { at, picture, mask }
}

function paletteWith(classes: readonly MaskClass[]): Uint32Array {
  const palette = paletteOf(classes).map((pixel) =>
    pixel === 0 ? 0 : ((pixel & 0xffffff) | (alpha << 24)) >>> 0,
  )
  palette[ignoreIndex] = 0
  return palette
}

function compose(layers: {
  mask: Layer
  palette: Uint32Array
  onion: Uint8Array | null
}): ImageData {
  const { width, height, data } = layers.mask
  const pixels = new Uint32Array(width * height)
  composeInto(
    pixels,
    { x: 0, y: 0, width, height },
    { width, height, mask: data, palette: layers.palette, proposal: null, onion: layers.onion },
  )
  return new ImageData(new Uint8ClampedArray(pixels.buffer), width, height)
}

/** What was painted, in the colours of its classes. */
export function maskPixels(mask: Layer, classes: readonly MaskClass[]): ImageData {
  return compose({ mask, palette: paletteWith(classes), onion: null })
}

/** Where people are in a mask, 1 or 0. */
function people({ data }: Layer, person: number): Uint8Array {
  return data.map((value) => Number(value === person))
}

/**
 * Where a network finds people, with the outline of those that were painted. `mask` of another size,
 * as after a change of the recipe, is left out.
 */
export function foundPixels(
  found: Layer,
  mask: Layer | null,
  classes: readonly MaskClass[],
): ImageData {
  const { width, height } = found
  const person = personIndexOf(classes)
  const colour = classes.find(({ index }) => index === person)?.colour ?? '#e69f00'
  const palette = new Uint32Array(256)
  palette[1] = pixelOfHex(colour, alpha)
  const isSameSize = mask?.width === width && mask.height === height
  return compose({
    mask: { width, height, data: found.data.map((value) => Number(value >= cut)) },
    palette,
    onion: mask && isSameSize ? outlineOf(people(mask, person), width, height) : null,
  })
}
