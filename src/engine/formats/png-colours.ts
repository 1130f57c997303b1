/** @file The colours of a PNG as they are stored, without gamma and colour profile. */
import sharp from 'sharp'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { maximumSide } from '../../shared/recipe.ts'
import { pngColourTypes, readPngChunks, readPngHeader, writePngChunks } from './png-chunks.ts'

const hint = 'Save the mask as an 8-bit PNG without transparency.'

export interface PngColours extends Size {
  /** `[height, width]`, 0xrrggbb. */
  colours: Uint32Array
}

/** Chunks without which a picture has other colours: the rest only says how to show it. */
const kept = new Set(['IHDR', 'PLTE', 'IDAT'])

function packColours(data: Buffer, channels: number, name: string): Uint32Array {
  const colours = new Uint32Array(data.length / channels)
  for (let pixel = 0, at = 0; pixel < colours.length; pixel++, at += channels) {
    const red = data[at] ?? 0
    const isGrey = channels < 3
    const green = isGrey ? red : (data[at + 1] ?? 0)
    const blue = isGrey ? red : (data[at + 2] ?? 0)
    colours[pixel] = (red << 16) | (green << 8) | blue
    if (channels % 2 === 0 && data[at + channels - 1] !== 255)
      throw new AppError('bad-mask', `${name} has transparent pixels; a mask has none`, hint)
  }
  return colours
}

/**
 * The colour of every pixel of a PNG of any kind with up to 8 bits a sample.
 * @throws AppError `bad-mask` for 16-bit, transparent, damaged and huge files
 */
export async function readPngColours(bytes: Uint8Array, name: string): Promise<PngColours> {
  const chunks = readPngChunks(bytes, name).filter(({ type }) => kept.has(type))
  const { width, height, bitDepth } = headerOf(bytes, name)
  if (bitDepth > 8)
    throw new AppError('bad-mask', `${name} has ${bitDepth} bits a sample; masks have 8`, hint)
  if (Math.min(width, height) < 1 || Math.max(width, height) > maximumSide)
    throw new AppError(
      'bad-mask',
      `${name} is ${width}x${height} pixels; sides of 1 to ${maximumSide} were expected`,
      hint,
    )
  const { data, info } = await sharp(writePngChunks(chunks))
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch((cause: unknown) => {
      throw new AppError('bad-mask', `${name} is a damaged PNG`, hint, { cause })
    })
  return { width, height, colours: packColours(data, info.channels, name) }
}

function headerOf(bytes: Uint8Array, name: string): ReturnType<typeof readPngHeader> {
  const header = readPngChunks(bytes, name).find(({ type }) => type === 'IHDR')
  return readPngHeader(header?.data ?? new Uint8Array(), name)
}

/** Whether a PNG stores colours, so that its pixels are neither indices nor greys. */
export function isColourPng(bytes: Uint8Array, name: string): boolean {
  const { colourType } = headerOf(bytes, name)
  return colourType === pngColourTypes.rgb || colourType === pngColourTypes.rgba
}

/** The palette of a PNG, 0xrrggbb an index; null where it has none. */
export function readPngPalette(bytes: Uint8Array, name: string): number[] | null {
  const palette = readPngChunks(bytes, name).find(({ type }) => type === 'PLTE')?.data
  if (!palette || headerOf(bytes, name).colourType !== pngColourTypes.palette) return null
  return Array.from(
    { length: palette.length / 3 },
    (_, i) =>
      ((palette[3 * i] ?? 0) << 16) | ((palette[3 * i + 1] ?? 0) << 8) | (palette[3 * i + 2] ?? 0),
  )
}
