/** @file A mask in a picture file, before anybody says what its values mean. */
import { readFile } from 'node:fs/promises'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import { decodeWithSharp } from '../../media/sharp-image.ts'
import { type MaskMarker, readMarker } from '../mask-marker.ts'
import { isPng } from '../png-chunks.ts'
import { coloursOf, isColourPng, type Png, readPng } from '../png-pixels.ts'
import { maskSamples } from '../png-samples.ts'

/**
 * index: the value is an entry of a palette, or an index by our own marker. grey: a level as stored,
 * up to 65535. colour: 0xrrggbb.
 */
export type MaskKind = 'index' | 'grey' | 'colour'

export interface MaskPicture extends Size {
  kind: MaskKind
  /** `[height, width]` */
  values: Uint8Array | Uint16Array | Uint32Array
  /** Highest level that a grey mask can have: 255 or 65535. */
  white: number
  /** `#rrggbb` of each index, where there is a palette. */
  palette: readonly string[] | null
  marker: MaskMarker | null
}

/** Colours; grey where all are. */
function fromColours({ width, height }: Size, colours: Uint32Array): MaskPicture {
  const rest = { width, height, white: 255, palette: null, marker: null }
  if (colours.some((colour) => colour % 0x010101 !== 0))
    return { ...rest, kind: 'colour', values: colours }
  return { ...rest, kind: 'grey', values: Uint8Array.from(colours, (colour) => colour & 255) }
}

/** Three bytes a pixel as one number a pixel. */
function fromRgb({ width, height, data }: Size & { data: Uint8Array }): MaskPicture {
  const colours = new Uint32Array(width * height)
  for (let pixel = 0, at = 0; pixel < colours.length; pixel++, at += 3)
    colours[pixel] = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0)
  return fromColours({ width, height }, colours)
}

/** A palette of black and white only is a grey picture that was stored compactly. */
const isBlackAndWhite = (palette: readonly number[]): boolean =>
  palette.length === 2 && palette.includes(0) && palette.includes(0xffffff)

const hexOf = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`

/** Levels of a grey PNG as 8 or 16 bits; alpha is left out. */
function greyLevels({ samples, channels, bitDepth, width, height }: Png): Uint8Array | Uint16Array {
  const factor = bitDepth < 8 ? 255 / (2 ** bitDepth - 1) : 1
  if (channels === 1 && factor === 1) return samples
  const levels = bitDepth > 8 ? new Uint16Array(width * height) : new Uint8Array(width * height)
  for (let pixel = 0; pixel < levels.length; pixel++)
    levels[pixel] = (samples[pixel * channels] ?? 0) * factor
  return levels
}

function fromPng(png: Png, name: string): MaskPicture {
  const { width, height, palette, bitDepth } = png
  if (isColourPng(png)) return fromColours({ width, height }, coloursOf(png))
  const marker = readMarker(png.texts, name)
  const isGrey = !marker && (palette === null || isBlackAndWhite(palette))
  const size = { width, height, white: bitDepth > 8 ? 65535 : 255, marker }
  if (!isGrey) {
    const { samples } = maskSamples(png, name)
    return { ...size, kind: 'index', values: samples, palette: palette?.map(hexOf) ?? null }
  }
  const levels = greyLevels(png)
  const values = palette ? levels.map((index) => (palette[index] ?? 0) & 255) : levels
  return { ...size, kind: 'grey', values, palette: null }
}

async function decode(path: string, bytes: Buffer): Promise<MaskPicture> {
  if (bytes.toString('latin1', 0, 2) === 'BM')
    throw new AppError(
      'bad-mask',
      `${path} is a BMP picture; a mask as PNG was expected`,
      'Save it as PNG: that keeps every value.',
    )
  if (!isPng(bytes)) return fromRgb(await decodeWithSharp(bytes))
  return fromPng(await readPng(bytes, path), path)
}

/**
 * Reads a mask from a picture file of any kind.
 * @throws AppError `bad-mask` when it is damaged, `no-such-file`
 */
export async function readMaskPicture(path: string): Promise<MaskPicture> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  try {
    return await decode(path, bytes)
  } catch (error) {
    if (error instanceof AppError) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'bad-mask',
      `${path} cannot be decoded: ${reason}`,
      'Replace the file, or take it out of the folder.',
      { cause: error },
    )
  }
}
