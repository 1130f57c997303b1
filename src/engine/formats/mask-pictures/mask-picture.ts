/** @file A mask in a picture file, before anybody says what its values mean. */
import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import { decodeWithSharp } from '../../media/sharp-image.ts'
import { type MaskMarker, readMarker } from '../mask-marker.ts'
import {
  isPng,
  pngColourTypes,
  readPngChunks,
  readPngHeader,
  writePngChunks,
} from '../png-chunks.ts'
import { readPngSamples } from '../png-samples.ts'

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

/** Three bytes a pixel as one number a pixel; grey where all are. */
function fromRgb({ width, height, data }: Size & { data: Uint8Array }): MaskPicture {
  const values = new Uint32Array(width * height)
  let isGrey = true
  for (let pixel = 0, at = 0; pixel < values.length; pixel++, at += 3) {
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]]
    values[pixel] = (red << 16) | (green << 8) | blue
    isGrey &&= red === green && red === blue
  }
  const rest = { width, height, white: 255, palette: null, marker: null }
  if (!isGrey) return { ...rest, kind: 'colour', values }
  return { ...rest, kind: 'grey', values: Uint8Array.from(values, (value) => value & 255) }
}

/** PNG files with colours or 16 bits; profiles and gamma, which would change values, are left out. */
async function deepPng(bytes: Uint8Array, name: string): Promise<MaskPicture> {
  const chunks = readPngChunks(bytes, name)
  const bare = writePngChunks(chunks.filter(({ type }) => type === 'IHDR' || type === 'IDAT'))
  const { colourType } = readPngHeader(chunks[0]?.data ?? new Uint8Array(), name)
  const isGrey = colourType === pngColourTypes.grey || colourType === pngColourTypes.greyAlpha
  const picture = sharp(bare).removeAlpha()
  if (!isGrey) {
    const { data, info } = await picture
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    return fromRgb({ width: info.width, height: info.height, data })
  }
  const { data, info } = await picture
    .toColourspace('grey16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true })
  const values = new Uint16Array(Uint8Array.from(data).buffer)
  const { width, height } = info
  return { width, height, kind: 'grey', values, white: 65535, palette: null, marker: null }
}

/** A palette of black and white only is a grey picture that was stored compactly. */
const isBlackAndWhite = (levels: readonly (number | null)[]): boolean =>
  levels.length === 2 && levels.includes(0) && levels.includes(255)

function paletteOf(bytes: Uint8Array, name: string): string[] {
  const entries = readPngChunks(bytes, name).find(({ type }) => type === 'PLTE')?.data
  const hex = Buffer.from(entries ?? []).toString('hex')
  return (hex.match(/.{6}/g) ?? []).map((colour) => `#${colour}`)
}

async function shallowPng(bytes: Uint8Array, name: string): Promise<MaskPicture> {
  const { width, height, samples, levels, hasPalette, texts } = await readPngSamples(bytes, name)
  const marker = readMarker(texts, name)
  const palette = hasPalette ? paletteOf(bytes, name) : null
  const size = { width, height, white: 255, palette, marker }
  if (marker) return { ...size, kind: 'index', values: samples }
  if (hasPalette && !isBlackAndWhite(levels)) return { ...size, kind: 'index', values: samples }
  const values = samples.map((sample) => levels[sample] ?? 0)
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
  const header = readPngHeader(readPngChunks(bytes, path)[0]?.data ?? new Uint8Array(), path)
  const isShallow =
    header.bitDepth <= 8 &&
    (header.colourType === pngColourTypes.palette || header.colourType === pngColourTypes.grey)
  return isShallow ? shallowPng(bytes, path) : deepPng(bytes, path)
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
