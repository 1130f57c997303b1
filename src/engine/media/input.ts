/** @file Opens the container of a tape and picks its video stream. */
import { AV_DISPOSITION_ATTACHED_PIC, AVDISCARD_ALL, AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { Dictionary, FormatContext, type Stream } from 'node-av/lib'
import { AppError } from '../../shared/errors.ts'
import { nativeReason } from './ffmpeg.ts'
import { type GuardedFile, guardFile } from './guard.ts'

/** An open container. Whoever opens it disposes of it. */
export interface TapeInput extends AsyncDisposable {
  path: string
  sizeBytes: number
  container: FormatContext
  stream: Stream
}

/**
 * Opens a local video file; nothing but that file is ever read.
 *
 * @throws AppError whatever `guardFile` says, `tape-unreadable` when the container is broken, and
 *   `no-video-stream` when it holds no moving pictures.
 */
export async function openInput(path: string): Promise<TapeInput> {
  const file = await guardFile(path)
  const container = new FormatContext()
  try {
    await openContainer(container, file)
    const stream = videoStream(container, path)
    for (const other of container.streams)
      if (other.index !== stream.index) other.discard = AVDISCARD_ALL
    return {
      path,
      sizeBytes: file.sizeBytes,
      container,
      stream,
      [Symbol.asyncDispose]: () => container.closeInput(),
    }
  } catch (error) {
    await container.closeInput()
    throw error
  }
}

async function openContainer(container: FormatContext, file: GuardedFile): Promise<void> {
  using options = Dictionary.fromObject({
    protocol_whitelist: 'file',
    format_whitelist: file.demuxer.name,
  })
  // The prefix keeps a file name such as `concat:a` from being taken for a protocol.
  const opened = await container.openInput(`file:${file.path}`, file.demuxer, options)
  if (opened < 0) throw broken(file, opened)
  const analysed = await container.findStreamInfo()
  if (analysed < 0) throw broken(file, analysed)
}

function broken(file: GuardedFile, code: number): AppError {
  return new AppError(
    'tape-unreadable',
    `${file.path} looks like ${file.demuxer.longName}, but cannot be opened: ${nativeReason(code)}`,
    'A recording that was cut off may lack its table of contents; copy it again, or repair it.',
  )
}

/** The best stream of moving pictures; cover art does not count. */
export function videoStream(container: FormatContext, path: string): Stream {
  const moving = container.streams.filter(
    (stream) =>
      stream.codecpar.codecType === AVMEDIA_TYPE_VIDEO &&
      (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) === 0,
  )
  const best = container.findBestStream(AVMEDIA_TYPE_VIDEO)
  const chosen = moving.find((stream) => stream.index === best) ?? moving[0]
  if (chosen) return chosen
  throw new AppError(
    'no-video-stream',
    `${path} holds no moving pictures`,
    'Name a file with a video stream.',
  )
}
