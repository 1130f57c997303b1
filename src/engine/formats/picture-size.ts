/** @file Size of a picture file as a viewer shows it, from its first bytes. */
import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import sharp from 'sharp'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'

/** What sharp calls the kinds of picture that datasets consist of. */
const knownFormats = ['jpeg', 'png', 'webp', 'tiff', 'gif']

function badPicture(path: string, why: string, cause?: unknown): AppError {
  return new AppError(
    'bad-dataset',
    `${path} ${why}`,
    'Replace the picture, or take it out of the set.',
    { cause },
  )
}

/** Sides of a BMP, which sharp does not read: a BITMAPCOREHEADER has 16-bit ones, all later 32. */
async function bmpSize(path: string): Promise<Size> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(26), 0, 26, 0)
  if (bytesRead < 26 || buffer.toString('latin1', 0, 2) !== 'BM')
    throw badPicture(path, 'is not a BMP picture, as its name says')
  const isCore = buffer.readUInt32LE(14) === 12
  return isCore
    ? { width: buffer.readUInt16LE(18), height: buffer.readUInt16LE(20) }
    : { width: buffer.readInt32LE(18), height: Math.abs(buffer.readInt32LE(22)) }
}

async function sharpSize(path: string): Promise<Size> {
  const { format, autoOrient } = await sharp(path).metadata()
  if (!knownFormats.includes(format))
    throw badPicture(path, `is ${format}; JPEG, PNG, WebP, TIFF, GIF or BMP was expected`)
  return { width: autoOrient.width, height: autoOrient.height }
}

/**
 * Width and height in pixels with EXIF orientation applied. The picture itself is not decoded.
 * @throws AppError `bad-dataset` when it is no picture, `no-such-file`
 */
export async function pictureSize(path: string): Promise<Size> {
  try {
    const isBmp = extname(path).toLowerCase() === '.bmp'
    const size = await (isBmp ? bmpSize(path) : sharpSize(path))
    if (size.width < 1 || size.height < 1) throw badPicture(path, 'has no pixels')
    return size
  } catch (error) {
    if (error instanceof AppError) throw error
    await access(path)
    const reason = error instanceof Error ? error.message : String(error)
    throw badPicture(path, `cannot be read as a picture: ${reason}`, error)
  }
}

/** Throws where a file is not there: sharp's own message for that is like that for a broken one. */
async function access(path: string): Promise<void> {
  await open(path).then(
    (file) => file.close(),
    (error: unknown) => {
      throw toAppError(error, path)
    },
  )
}

/** Why a size that annotations give does not fit their picture; null when it does. */
export function sizeProblem(annotated: Size, picture: Size): string | null {
  if (annotated.width === picture.width && annotated.height === picture.height) return null
  const text = ({ width, height }: Size) => `${width}x${height}`
  const isTurned = annotated.width === picture.height && annotated.height === picture.width
  const turned = isTurned ? '; it may have been annotated without its EXIF orientation' : ''
  return `is annotated as ${text(annotated)}, but the picture is ${text(picture)}${turned}`
}
