/** @file The first pass over a video file: decodes everything once, in order. */
import { AV_NOPTS_VALUE } from 'node-av/constants'
import { AppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { describeDamage, isDamaged } from './damage.ts'
import { Decoder } from './decoder.ts'
import { fileDigest } from './digest.ts'
import { FrameNotes } from './frame-notes.ts'
import type { TapeInput } from './input.ts'
import { pacer } from './pace.ts'
import { describeTape } from './probe.ts'
import { defaultThreads } from './threads.ts'
import type { TapeIndex, TapeInfo } from './types.ts'

/**
 * Indexes a video file. Progress counts the bytes decoded.
 *
 * Timestamps are the decoder's best guess. One that is missing is taken a frame's duration after
 * its predecessor, and one that does not grow one unit after it, so that they always ascend.
 *
 * A damaged tape is decoded a second time, on one thread: with more, what stands in for missing
 * parts depends on their timing, and no frame could be found again bit for bit.
 *
 * @throws AppError as `openInput`, `tape-unreadable` when no frame at all can be decoded, and
 *   `cancelled`.
 */
export async function indexVideo(path: string, work: LongWork): Promise<TapeIndex> {
  const stop = new AbortController()
  const signal = work.signal ? AbortSignal.any([work.signal, stop.signal]) : stop.signal
  const digest = fileDigest(path, { signal })
  // When decoding fails first, nobody awaits the digest any more.
  digest.catch(() => {})
  try {
    let pass = await decodeAll(path, defaultThreads(), 'index', work)
    if (pass.damaged) pass = await decodeAll(path, 1, 'index damaged tape', work)
    return { ...pass.index, sha256: await digest }
  } finally {
    stop.abort()
  }
}

interface Pass {
  index: Omit<TapeIndex, 'sha256'>
  damaged: boolean
}

async function decodeAll(
  path: string,
  threads: number,
  stage: string,
  work: LongWork,
): Promise<Pass> {
  await using decoder = await Decoder.open(path, threads)
  const { input, damage } = decoder
  const info = describeTape(input)
  const notes = new FrameNotes(info.timeBase.den / info.timeBase.num / info.framesPerSecond)
  const progress = progressMeter(stage, input.sizeBytes, 'bytes', work.onProgress)
  const pace = pacer(work.signal, `reading ${path}`)
  for (let frame = decoder.next(); frame; frame = decoder.next()) {
    notes.add(frame)
    progress(Math.min(decoder.position, input.sizeBytes - 1))
    await pace()
  }
  if (notes.frames === 0) throw nothingDecoded(path, damage.readError)
  progress(input.sizeBytes)
  const problem = describeDamage(damage, {
    frames: notes.frames,
    decodedSeconds: toSeconds(notes.duration, info),
    announcedSeconds: announcedSeconds(input, info),
    framesPerSecond: info.framesPerSecond,
  })
  const deinterlace = notes.interlaced ? 'flagged' : 'never'
  return {
    index: {
      info: { ...info, decoding: { ...info.decoding, deinterlace } },
      sizeBytes: input.sizeBytes,
      ...notes.columns(),
      problem,
      files: [],
    },
    damaged: isDamaged(damage),
  }
}

function nothingDecoded(path: string, readError: string | null): AppError {
  return new AppError(
    'tape-unreadable',
    `not one frame of ${path} can be decoded${readError === null ? '' : `: ${readError}`}`,
    'The file may be damaged; copy it again from where it came.',
  )
}

/** The length of the video that the headers announce, the stream's own word first. */
function announcedSeconds({ stream, container }: TapeInput, info: TapeInfo): number | null {
  if (stream.duration !== AV_NOPTS_VALUE) return toSeconds(Number(stream.duration), info)
  // The container's length may be that of its sound; it counts in microseconds.
  const hasOneStream = container.nbStreams === 1
  return hasOneStream && container.duration !== AV_NOPTS_VALUE
    ? Number(container.duration) / 1e6
    : null
}

function toSeconds(duration: number, { timeBase }: TapeInfo): number {
  return (duration * timeBase.num) / timeBase.den
}
