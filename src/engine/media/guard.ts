/** @file What may be opened: local, regular files whose content is a video container we trust. */
import { open, stat } from 'node:fs/promises'
import { InputFormat } from 'node-av/lib'
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts'

/**
 * Containers that hold their own pictures. Demuxers that open other files or addresses by name
 * (hls, dash, concat, sdp, image2, …) are absent, and so a tape can never reach beyond its file.
 * Names are FFmpeg's; `dhav` is what Dahua recorders write.
 */
export const demuxers: ReadonlySet<string> = new Set([
  'mov,mp4,m4a,3gp,3g2,mj2',
  'matroska,webm',
  'avi',
  'mpegts',
  'mpeg',
  'mpegvideo',
  'm4v',
  'h264',
  'hevc',
  'mjpeg',
  'ogg',
  'flv',
  'asf',
  'ivf',
  'obu',
  'dhav',
  'yuv4mpegpipe',
])

type Refusal = [code: ErrorCode, is: string, hint: string]

const playlist: Refusal = [
  'playlist-refused',
  'is a list that points to other files or addresses; it was not opened',
  'Name the video file itself.',
]
const audio: Refusal = [
  'no-video-stream',
  'holds sound but no pictures',
  'Name a file with a video stream.',
]
const picture: Refusal = [
  'not-a-video',
  'is a single picture',
  'To use pictures as a tape, put them into a folder and name the folder.',
]
const unknown: Refusal = [
  'not-a-video',
  'is not a video in any format that can be read',
  'Convert it to mp4, for example with: ffmpeg -i FILE -c:v libx264 tape.mp4',
]

/** Demuxers that deserve a better answer than "not a video". */
const refusals: [pattern: RegExp, refusal: Refusal][] = [
  [/^(concat|concatf|hls|dash|imf|sdp|rtsp|rtp|sap|ffmetadata)$/, playlist],
  [/^(wav|w64|mp3|flac|aac|ac3|eac3|aiff|amr|caf|ape|au|dts|opus|tta|wv|mp2)$/, audio],
  [/_pipe$|^(gif|apng|image2)$/, picture],
]

/** Text that names other files, whatever the file's name pretends (FFmpeg goes by the name too). */
const playlistText = /^\uFEFF?\s*(#EXTM3U|ffconcat\s|\[playlist\]|v=0\s|<asx|file\s+\S)|<MPD[\s>]/i

/** FFmpeg looks at as many bytes before it gives up, and reads a little beyond the end of them. */
const PROBE_BYTES = 1 << 20
const PROBE_PADDING = 64

/** A file that has passed the guard. */
export interface GuardedFile {
  path: string
  sizeBytes: number
  demuxer: InputFormat
}

/**
 * Decides by its content what a file is, without opening it as a video.
 *
 * @throws AppError `no-such-file`, `is-a-directory`, `empty-file`, `not-a-video`,
 *   `no-video-stream` or `playlist-refused`.
 */
export async function guardFile(path: string): Promise<GuardedFile> {
  const { bytes, sizeBytes } = await readStart(path)
  if (playlistText.test(bytes.toString('utf8', 0, 1024))) throw refused(path, playlist)
  const demuxer = InputFormat.probe(bytes)
  const name = demuxer?.name ?? ''
  if (demuxer && demuxers.has(name)) return { path, sizeBytes, demuxer }
  throw refused(path, refusals.find(([pattern]) => pattern.test(name))?.[1] ?? unknown)
}

/** The first bytes of a regular file, with readable zeros behind them. */
async function readStart(path: string): Promise<{ bytes: Buffer; sizeBytes: number }> {
  // Before opening: opening a named pipe would wait for somebody to write to it.
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  if (entry.isDirectory())
    throw new AppError(
      'is-a-directory',
      `${path} is a folder, a video was expected`,
      'Name a file.',
    )
  if (!entry.isFile())
    throw new AppError('not-a-video', `${path} is not a regular file`, 'Name a video file.')
  if (entry.size === 0)
    throw new AppError('empty-file', `${path} is empty`, 'Copy it again from where it came.')
  try {
    await using file = await open(path)
    const padded = Buffer.alloc(PROBE_BYTES + PROBE_PADDING)
    const { bytesRead } = await file.read(padded, 0, PROBE_BYTES, 0)
    return { bytes: padded.subarray(0, bytesRead), sizeBytes: entry.size }
  } catch (error) {
    throw toAppError(error, path)
  }
}

function refused(path: string, [code, is, hint]: Refusal): AppError {
  return new AppError(code, `${path} ${is}`, hint)
}
