/** @file Pictures of sets as a browser can show them, upright and with 8 bits a colour. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'

/** What every browser shows as it is. */
const shown = ['jpeg', 'png', 'webp', 'gif'] as const

type Shown = (typeof shown)[number] | 'bmp'

export interface ShownPicture {
  bytes: Uint8Array
  type: Shown
}

const isBmp = (file: string): boolean => extname(file).toLowerCase() === '.bmp'

function unreadable(file: string, error: unknown): AppError {
  const failure = toAppError(error, file)
  if (failure.code !== 'internal') return failure
  return new AppError(
    'bad-dataset',
    `${file} cannot be shown: ${failure.message}`,
    'Replace the picture, or take it out of the set.',
    { cause: error },
  )
}

/** Upright, in sRGB with 8 bits, without an alpha channel. */
const plain = (bytes: Uint8Array): Sharp =>
  sharp(bytes).autoOrient().toColourspace('srgb').flatten({ background: '#ffffff' })

/**
 * The file as it is where a browser shows it like every viewer, else the same as PNG.
 * @throws AppError `no-such-file`; `bad-dataset` for a file that cannot be read as a picture
 */
export async function shownPicture(file: string): Promise<ShownPicture> {
  try {
    const bytes = await readFile(file)
    // sharp reads no BMP; browsers do.
    if (isBmp(file)) return { bytes, type: 'bmp' }
    const { format, orientation = 1, space, depth } = await sharp(bytes).metadata()
    const type = shown.find((known) => known === format)
    const isPlain = orientation === 1 && depth === 'uchar' && (space === 'srgb' || space === 'b-w')
    if (type && isPlain) return { bytes, type }
    return { bytes: await plain(bytes).png({ compressionLevel: 3 }).toBuffer(), type: 'png' }
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** Width and height (uint32, big-endian), then RGB. Throws as `shownPicture`. */
export async function rawPicture(file: string): Promise<Uint8Array> {
  if (isBmp(file))
    throw new AppError(
      'bad-dataset',
      `${file} is a BMP picture, whose colours are not read here`,
      'Save it as PNG to use tools that go by colour.',
    )
  try {
    const { data, info } = await plain(await readFile(file))
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true })
    const header = Buffer.alloc(8)
    header.writeUInt32BE(info.width, 0)
    header.writeUInt32BE(info.height, 4)
    return Buffer.concat([header, info.channels === 3 ? data : threeOf(data)])
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** A grey picture with three equal channels. */
function threeOf(grey: Uint8Array): Uint8Array {
  const data = new Uint8Array(3 * grey.length)
  for (const [i, value] of grey.entries()) data.fill(value, 3 * i, 3 * i + 3)
  return data
}

/** A size within a square of this side, of the same shape; never larger than it is. */
export function sizeWithin({ width, height }: Size, side: number): Size {
  const factor = Math.min(1, side / Math.max(width, height))
  const scaled = (length: number) => Math.max(1, Math.round(length * factor))
  return { width: scaled(width), height: scaled(height) }
}

/** JPEG of this size. Throws as `shownPicture`. */
export async function smallPicture(file: string, size: Size): Promise<Uint8Array> {
  try {
    return await plain(await readFile(file))
      .resize({ ...size, fit: 'fill' })
      .jpeg({ quality: 82 })
      .toBuffer()
  } catch (error) {
    throw unreadable(file, error)
  }
}
