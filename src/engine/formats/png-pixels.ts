/**
 * @file PNG files with their samples as they are stored: palette indices stay indices, greys stay greys,
 * and neither gamma nor colour profile nor transparency changes a value.
 */
import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import { maximumSide, type Size } from '../../shared/recipe.ts'
import { type PngChunk, pngColourTypes, readPngChunks, readPngHeader } from './png-chunks.ts'
import { type PngShape, samplesOf, storedBytes } from './png-rows.ts'

const inflateAsync = promisify(inflate)

const hint = 'Save the mask as an 8-bit PNG without transparency.'

export interface Png extends Size {
  bitDepth: number
  colourType: number
  /** Samples a pixel: 1 of greys and indices, 2 with alpha, 3 of colours, 4 with alpha. */
  channels: number
  /** `[height, width, channels]`, as stored (0 … 3 with 2 bits). */
  samples: Uint8Array | Uint16Array
  /** 0xrrggbb of each index; null where the samples are no indices. */
  palette: readonly number[] | null
  /** tEXt entries by keyword. */
  texts: ReadonlyMap<string, string>
}

const channelsOf = new Map<number, number>([
  [pngColourTypes.grey, 1],
  [pngColourTypes.palette, 1],
  [pngColourTypes.greyAlpha, 2],
  [pngColourTypes.rgb, 3],
  [pngColourTypes.rgba, 4],
])

const depths = new Set([1, 2, 4, 8, 16])
/** What one array can hold. */
const maximumBytes = 2 ** 31 - 1

const badPng = (name: string, why: string, cause?: unknown): AppError =>
  new AppError('bad-mask', `${name} ${why}`, hint, { cause })

/** @throws AppError `bad-mask` for a header that no PNG can have, and for huge pictures */
function shapeOf(data: Uint8Array, name: string): PngShape & { colourType: number } {
  const { width, height, bitDepth, colourType } = readPngHeader(data, name)
  if (Math.min(width, height) < 1 || Math.max(width, height) > maximumSide)
    throw badPng(name, `is ${width}x${height} pixels; sides of 1 to ${maximumSide} were expected`)
  const channels = channelsOf.get(colourType)
  if (channels === undefined || !depths.has(bitDepth) || (channels > 1 && bitDepth < 8))
    throw badPng(
      name,
      `is a damaged PNG: there is no colour type ${colourType} of ${bitDepth} bits`,
    )
  const shape = { width, height, bitDepth, channels, isInterlaced: data[12] === 1, colourType }
  if (storedBytes(shape) > maximumBytes)
    throw badPng(name, `is too large: ${width}x${height} pixels`)
  return shape
}

function paletteOf(entries: Uint8Array): number[] {
  return Array.from({ length: Math.floor(entries.length / 3) }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = entries.subarray(3 * i, 3 * i + 3)
    return (red << 16) | (green << 8) | blue
  })
}

function textsOf(chunks: readonly PngChunk[]): Map<string, string> {
  const entries = chunks
    .filter(({ type }) => type === 'tEXt')
    .map(({ data }) => Buffer.from(data).toString('latin1').split('\0', 2))
  return new Map(entries.map(([keyword = '', text = '']) => [keyword, text]))
}

/**
 * Reads a PNG file of any kind; `name` is what errors call it.
 * @throws AppError `bad-mask` when it is damaged, or too large
 */
export async function readPng(bytes: Uint8Array, name: string): Promise<Png> {
  const chunks = readPngChunks(bytes, name)
  const dataOf = (wanted: string) =>
    chunks.flatMap(({ type, data }) => (type === wanted ? [data] : []))
  const shape = shapeOf(dataOf('IHDR')[0] ?? new Uint8Array(), name)
  const { width, height, bitDepth, channels, colourType } = shape
  // A few bytes more than the pixels need harm nobody; a bomb has many. All comes in one piece.
  const most = storedBytes(shape) + 4096
  const options = { maxOutputLength: most, chunkSize: most }
  const data = await inflateAsync(Buffer.concat(dataOf('IDAT')), options).catch(
    (cause: unknown) => {
      throw badPng(name, 'is a damaged PNG', cause)
    },
  )
  const samples = samplesOf(data, shape)
  if (!samples) throw badPng(name, 'is a damaged PNG')
  const isIndexed = colourType === pngColourTypes.palette
  return {
    ...{ width, height, bitDepth, channels, colourType, samples, texts: textsOf(chunks) },
    palette: isIndexed ? paletteOf(dataOf('PLTE')[0] ?? new Uint8Array()) : null,
  }
}

/** Whether a PNG stores colours, so that its samples are neither indices nor greys. */
export const isColourPng = ({ colourType }: Pick<Png, 'colourType'>): boolean =>
  colourType === pngColourTypes.rgb || colourType === pngColourTypes.rgba

/** Whether any pixel of a PNG with an alpha channel is not opaque. */
export function hasTransparency({ samples, channels, bitDepth }: Png): boolean {
  if (channels % 2 === 1) return false
  const opaque = 2 ** bitDepth - 1
  for (let at = channels - 1; at < samples.length; at += channels)
    if (samples[at] !== opaque) return true
  return false
}

/** 0xrrggbb of each pixel of a PNG that stores colours, the upper 8 bits of each sample. */
export function coloursOf({ width, height, samples, channels, bitDepth }: Png): Uint32Array {
  const colours = new Uint32Array(width * height)
  const shift = bitDepth - 8
  const byteAt = (at: number): number => (samples[at] ?? 0) >> shift
  for (let pixel = 0, at = 0; pixel < colours.length; pixel++, at += channels)
    colours[pixel] = (byteAt(at) << 16) | (byteAt(at + 1) << 8) | byteAt(at + 2)
  return colours
}
