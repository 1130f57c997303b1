/** @file The samples of masks in PNG files: one value a pixel of up to 8 bits. */
import { AppError } from '../../shared/errors.ts'
import { pngColourTypes } from './png-chunks.ts'
import { coloursOf, hasTransparency, isColourPng, type Png, readPng } from './png-pixels.ts'

/** One stored value a pixel. */
export interface PngSamples {
  width: number
  height: number
  /** `[height, width]`: palette indices, or grey samples as stored (0 … 3 with 2 bits). */
  samples: Uint8Array
  /** 8-bit grey level of each sample value; null where it is a colour. */
  levels: readonly (number | null)[]
  hasPalette: boolean
  /** tEXt entries by keyword. */
  texts: ReadonlyMap<string, string>
}

const hint = 'Save the mask as an 8-bit grey or palette PNG.'

/** The value that all channels of each pixel share; alpha may hide nothing. */
function singleChannel(png: Png, name: string): Uint8Array {
  const { samples, channels, width, height } = png
  if (hasTransparency(png))
    throw new AppError('bad-mask', `${name} has transparent pixels; a mask has none`, hint)
  if (isColourPng(png) && coloursOf(png).some((colour) => colour % 0x010101 !== 0))
    throw new AppError('bad-mask', `${name} is a colour picture; a mask is grey or indexed`, hint)
  return Uint8Array.from({ length: width * height }, (_, pixel) => samples[pixel * channels] ?? 0)
}

const greyOf = (colour: number): number | null => (colour % 0x010101 === 0 ? colour & 255 : null)

/** The mask of a PNG that was read; `name` is what errors call the file. Throws as `readPngSamples`. */
export function maskSamples(png: Png, name: string): PngSamples {
  const { width, height, bitDepth, palette, texts, samples } = png
  if (bitDepth > 8 || samples instanceof Uint16Array)
    throw new AppError(
      'bad-mask',
      `${name} has ${bitDepth} bits a sample; masks have up to 8`,
      hint,
    )
  const isSingle = palette !== null || png.colourType === pngColourTypes.grey
  const highest = 2 ** bitDepth - 1
  return {
    ...{ width, height, hasPalette: palette !== null, texts },
    samples: isSingle ? samples : singleChannel(png, name),
    levels:
      palette?.map(greyOf) ??
      Array.from({ length: highest + 1 }, (_, value) => (value * 255) / highest),
  }
}

/**
 * Reads a PNG of 1 to 8 bits a sample, grey or with a palette, or in colour when all its pixels are
 * opaque greys. `name` is what errors call the file.
 *
 * @throws AppError `bad-mask` for anything else, 16-bit files and damaged ones included.
 */
export async function readPngSamples(bytes: Uint8Array, name: string): Promise<PngSamples> {
  return maskSamples(await readPng(bytes, name), name)
}
