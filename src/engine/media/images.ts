/** @file Folders of images as tapes: one file, one frame. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { isImageName, loadImage } from './image-file.ts'
import type { RgbImage } from './sharp-image.ts'
import type { TapeIndex, TapeInfo } from './types.ts'

const byNaturalOrder = new Intl.Collator('en', { numeric: true })

/** Names of the images in a folder as people count: `2.png` before `10.png`. */
async function imageNames(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw toAppError(error, folder)
  })
  const names = entries.filter((entry) => !entry.isDirectory() && isImageName(entry.name))
  if (names.length === 0)
    throw new AppError(
      'is-a-directory',
      `${folder} is a folder without images; a video file or a folder of images was expected`,
      'Images are files that end in .jpg, .png, .webp, .tiff or .bmp.',
    )
  // The second comparison decides between names such as 1.png and 01.png.
  return names
    .map((entry) => entry.name)
    .sort((a, b) => byNaturalOrder.compare(a, b) || (a < b ? -1 : 1))
}

/**
 * Describes a folder of images by its first one.
 *
 * @throws AppError `is-a-directory` for a folder without images, and as `loadImage`.
 */
export async function probeImages(folder: string): Promise<TapeInfo> {
  const [first = ''] = await imageNames(folder)
  const { image } = await loadImage(join(folder, first))
  return describeImages(folder, first, image)
}

function describeImages(folder: string, first: string, { width, height }: RgbImage): TapeInfo {
  return {
    kind: 'images',
    path: folder,
    container: 'folder',
    codec: extname(first).slice(1).toLowerCase(),
    pixelFormat: 'rgb24',
    width,
    height,
    codedWidth: width,
    codedHeight: height,
    framesPerSecond: 1,
    timeBase: { num: 1, den: 1 },
    decoding: {
      rotation: 0,
      mirrored: false,
      sampleAspectRatio: { num: 1, den: 1 },
      deinterlace: 'never',
      matrix: 'gbr',
      range: 'full',
    },
  }
}

/**
 * Indexes a folder of images. Progress counts files; the hash covers names and bytes.
 *
 * @throws AppError `tape-size-differs` when an image has not the size of the first, and as
 *   `probeImages`.
 */
export async function indexImages(folder: string, work: LongWork): Promise<TapeIndex> {
  const files = await imageNames(folder)
  const progress = progressMeter('index', files.length, 'files', work.onProgress)
  const checksums = new Uint32Array(files.length)
  const hash = createHash('sha256')
  let info: TapeInfo | undefined
  let sizeBytes = 0
  for (const [frame, name] of files.entries()) {
    throwIfCancelled(work.signal, `reading ${folder}`)
    const { bytes, image } = await loadImage(join(folder, name))
    info ??= describeImages(folder, name, image)
    checkSize(image, info, name)
    addFile(hash, name, bytes)
    sizeBytes += bytes.length
    checksums[frame] = crc32(image.data)
    progress(frame + 1)
  }
  const numbers = Float64Array.from(files, (_, frame) => frame)
  return {
    info: info ?? (await probeImages(folder)),
    sizeBytes,
    sha256: hash.digest('hex'),
    frames: files.length,
    pts: numbers,
    checksums,
    seekPoints: Uint32Array.from(numbers),
    problem: null,
    files,
  }
}

/** Adds a file so that no other names and contents can give the same sequence of bytes. */
function addFile(hash: ReturnType<typeof createHash>, name: string, bytes: Buffer): void {
  hash.update(JSON.stringify([name, bytes.length])).update(bytes)
}

function checkSize(image: RgbImage, info: TapeInfo, name: string): void {
  if (image.width === info.width && image.height === info.height) return
  throw new AppError(
    'tape-size-differs',
    `${name} in ${info.path} is ${image.width}x${image.height}, the images before it are ${info.width}x${info.height}`,
    'Put images of one size into one folder.',
  )
}

/** The size and SHA-256 that an index of a folder would have, without decoding its images. */
export async function imagesDigest(
  folder: string,
  { signal }: LongWork = {},
): Promise<Pick<TapeIndex, 'sizeBytes' | 'sha256'>> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for (const name of await imageNames(folder)) {
    throwIfCancelled(signal, `reading ${folder}`)
    const bytes = await readFile(join(folder, name))
    addFile(hash, name, bytes)
    sizeBytes += bytes.length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}
