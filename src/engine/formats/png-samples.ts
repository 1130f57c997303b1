/** @file The samples of a PNG as they are stored: palette indices stay indices, greys stay greys. */
import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import { maximumSide } from '../../shared/recipe.ts'
import {
  type PngChunk,
  type PngHeader,
  pngColourTypes,
  readPngChunks,
  readPngHeader,
  writePngChunks,
} from './png-chunks.ts'

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

function checkHeader({ width, height, bitDepth }: PngHeader, name: string): void {
  if (bitDepth > 8)
    throw new AppError(
      'bad-mask',
      `${name} has ${bitDepth} bits a sample; masks have up to 8`,
      hint,
    )
  if (width < 1 || height < 1 || width > maximumSide || height > maximumSide)
    throw new AppError(
      'bad-mask',
      `${name} is ${width}x${height} pixels; sides of 1 to ${maximumSide} were expected`,
      'Export the mask in the size of the tape or of the recipe.',
    )
}

/**
 * The picture without palette, gamma, profile and transparency, so that decoding it yields the
 * stored samples: a palette picture becomes a grey one of its indices.
 */
function bareFile(chunks: readonly PngChunk[]): Buffer {
  const bare = chunks.filter(({ type }) => type === 'IHDR' || type === 'IDAT')
  return writePngChunks(
    bare.map(({ type, data }) => {
      if (type !== 'IHDR' || data[9] !== pngColourTypes.palette) return { type, data }
      const header = Uint8Array.from(data)
      header[9] = pngColourTypes.grey
      return { type, data: header }
    }),
  )
}

/** The value that all channels of each pixel share; alpha may hide nothing. */
function singleChannel(data: Buffer, channels: number, name: string): Uint8Array {
  const values = new Uint8Array(data.length / channels)
  for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += channels) {
    const value = data[at] ?? 0
    values[pixel] = value
    if (data[at + 1] !== value || data[at + 2] !== value)
      throw new AppError('bad-mask', `${name} is a colour picture; a mask is grey or indexed`, hint)
    if (channels === 4 && data[at + 3] !== 255)
      throw new AppError('bad-mask', `${name} has transparent pixels; a mask has none`, hint)
  }
  return values
}

/** One value a pixel of a bare file; grey samples of fewer than 8 bits arrive scaled to 0 … 255. */
async function decode(file: Buffer, isGrey: boolean, name: string): Promise<Uint8Array> {
  const picture = sharp(file).raw({ depth: 'uchar' })
  const { data, info } = await (isGrey ? picture.toColourspace('b-w') : picture)
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new AppError('bad-mask', `${name} is a damaged PNG`, hint, { cause })
    })
  return isGrey ? data : singleChannel(data, info.channels, name)
}

function paletteLevels(palette: Uint8Array): (number | null)[] {
  return Array.from({ length: palette.length / 3 }, (_, i) => {
    const [red = 0, green, blue] = palette.subarray(3 * i, 3 * i + 3)
    return red === green && red === blue ? red : null
  })
}

function readTexts(chunks: readonly PngChunk[]): Map<string, string> {
  const entries = chunks
    .filter(({ type }) => type === 'tEXt')
    .map(({ data }) => Buffer.from(data).toString('latin1').split('\0', 2))
  return new Map(entries.map(([keyword = '', text = '']) => [keyword, text]))
}

/**
 * Reads a PNG of 1 to 8 bits a sample, grey or with a palette, or in colour when all its pixels are
 * opaque greys. `name` is what errors call the file.
 *
 * @throws AppError `bad-mask` for anything else, 16-bit files and damaged ones included.
 */
export async function readPngSamples(bytes: Uint8Array, name: string): Promise<PngSamples> {
  const chunks = readPngChunks(bytes, name)
  const chunkOf = (wanted: string) => chunks.find(({ type }) => type === wanted)?.data
  const header = readPngHeader(chunkOf('IHDR') ?? new Uint8Array(), name)
  checkHeader(header, name)
  const hasPalette = header.colourType === pngColourTypes.palette
  const isGrey = hasPalette || header.colourType === pngColourTypes.grey
  const decoded = await decode(bareFile(chunks), isGrey, name)
  const scale = 255 / (2 ** header.bitDepth - 1)
  const samples = scale === 1 ? decoded : decoded.map((level) => level / scale)
  const levels = hasPalette
    ? paletteLevels(chunkOf('PLTE') ?? new Uint8Array())
    : Array.from({ length: 2 ** header.bitDepth }, (_, value) => value * scale)
  const { width, height } = header
  return { width, height, samples, levels, hasPalette, texts: readTexts(chunks) }
}
