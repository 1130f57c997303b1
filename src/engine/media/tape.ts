/** @file The door to tapes: video files and folders of images, behind one set of functions. */
import { stat } from 'node:fs/promises'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { sameFile } from './digest.ts'
import type { FrameCursor } from './frame-cursor.ts'
import { ImageCursor } from './image-cursor.ts'
import { imagesDigest, indexImages, probeImages } from './images.ts'
import { indexVideo } from './index-video.ts'
import { probeVideo } from './probe.ts'
import { PictureReader } from './reader.ts'
import { TapeCursor } from './tape-cursor.ts'
import { defaultThreads } from './threads.ts'
import type { FrameReader, ReaderOptions, TapeIndex, TapeInfo } from './types.ts'

/**
 * Describes a tape by its headers (folder of images: by its first image). Nothing but that file is
 * opened, whatever it refers to.
 *
 * @throws AppError `no-such-file`, `is-a-directory` (a folder without images), `empty-file`,
 *   `not-a-video`, `no-video-stream`, `playlist-refused` or `tape-unreadable`.
 */
export async function probeTape(path: string): Promise<TapeInfo> {
  return (await isFolder(path)) ? probeImages(path) : probeVideo(path)
}

/**
 * The first pass: decodes a tape once, in order. What a damaged tape lacks is in `problem`.
 *
 * @throws AppError as `probeTape`; `tape-size-differs` for images of different sizes; `cancelled`.
 */
export async function indexTape(path: string, work: LongWork = {}): Promise<TapeIndex> {
  return (await isFolder(path)) ? indexImages(path, work) : indexVideo(path, work)
}

/**
 * Opens a tape for reading by frame number. `info` says where the tape is and how its frames
 * become pictures; normally it is the index's own, save for a new path or a switch the user set.
 *
 * @throws AppError `tape-missing`, `tape-changed`, or `bad-recipe` (on the first picture) when
 *   FFmpeg refuses the filters.
 */
export async function openReader(
  info: TapeInfo,
  index: TapeIndex,
  options: ReaderOptions,
): Promise<FrameReader> {
  return new PictureReader(info, index, await openCursor(info, index, options), options)
}

/** Opens a tape for its decoded frames. Throws as `openReader`, save for the filters. */
export async function openCursor(
  { kind, path }: TapeInfo,
  index: TapeIndex,
  { threads = defaultThreads() }: ReaderOptions,
): Promise<FrameCursor> {
  const entry = await stat(path).catch(() => null)
  if (!entry)
    throw new AppError(
      'tape-missing',
      `the tape ${path} is no longer there`,
      'If it was moved, say where to with: maskbench tape relink PROJECT FILE',
    )
  if (kind === 'images') return new ImageCursor(path, index)
  if (entry.size !== index.sizeBytes)
    throw new AppError(
      'tape-changed',
      `${path} has ${entry.size} bytes, it had ${index.sizeBytes} when it was indexed`,
      'Put the old file back, or add this one as a new tape.',
    )
  // Several threads conceal damage differently every time.
  return TapeCursor.open(path, index, index.problem === null ? threads : 1)
}

/**
 * Whether a file (or folder of images) holds the very bytes that an index was made from.
 *
 * @throws AppError `no-such-file`, `is-a-directory` or `cancelled`.
 */
export async function sameTape(
  known: Pick<TapeIndex, 'sizeBytes' | 'sha256'>,
  path: string,
  work: LongWork = {},
): Promise<boolean> {
  if (!(await isFolder(path))) return sameFile(known, path, work)
  const found = await imagesDigest(path, work)
  return found.sizeBytes === known.sizeBytes && found.sha256 === known.sha256
}

async function isFolder(path: string): Promise<boolean> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  return entry.isDirectory()
}
