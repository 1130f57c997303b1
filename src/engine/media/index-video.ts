/** @file The first pass over a video file: decodes everything once, in order. */
import { AV_NOPTS_VALUE } from 'node-av/constants'
import { AppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { type Damage, describeDamage, isDamaged } from './damage.ts'
import { Decoder, type DecoderOptions } from './decoder.ts'
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
 * A tape with an error in it is decoded once more, on one thread: with more, what stands in for
 * damaged parts depends on their timing, and no frame could be found again bit for bit.
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
    const fast = { threads: defaultThreads(), strict: true }
    const index =
      (await decodeAll(path, 'index', fast, work)) ??
      (await decodeAll(path, 'index damaged tape', { threads: 1 }, work))
    if (!index) throw new AppError('internal', `${path} was not decoded`)
    return { ...index, sha256: await digest }
  } finally {
    stop.abort()
  }
}

/** One pass; null when it is strict and meets an error. */
async function decodeAll(
  path: string,
  stage: string,
  options: DecoderOptions,
  work: LongWork,
): Promise<Omit<TapeIndex, 'sha256'> | null> {
  await using decoder = await Decoder.open(path, options)
  const { input, damage } = decoder
  const info = describeTape(input)
  using notes = new FrameNotes(info.timeBase.den / info.timeBase.num / info.framesPerSecond)
  const progress = progressMeter(stage, input.sizeBytes, 'bytes', work.onProgress)
  const pace = pacer(work.signal, `reading ${path}`)
  for (let frame = decoder.next(); frame; frame = decoder.next()) {
    if (options.strict && isDamaged(damage)) return null
    notes.add(frame, decoder.isSeekPoint)
    progress(Math.min(decoder.position, input.sizeBytes - 1))
    await pace()
  }
  if (options.strict && isDamaged(damage)) return null
  if (notes.frames === 0) throw nothingDecoded(path, damage.readError)
  progress(input.sizeBytes)
  return summary(input, info, notes, damage)
}

function summary(
  input: TapeInput,
  info: TapeInfo,
  notes: FrameNotes,
  damage: Damage,
): Omit<TapeIndex, 'sha256'> {
  const deinterlace = notes.interlaced ? 'flagged' : 'never'
  return {
    info: { ...info, decoding: { ...info.decoding, deinterlace } },
    sizeBytes: input.sizeBytes,
    ...notes.columns(),
    problem: describeDamage(damage, {
      frames: notes.frames,
      decodedSeconds: toSeconds(notes.duration, info),
      announcedSeconds: announcedSeconds(input, info),
      framesPerSecond: info.framesPerSecond,
    }),
    files: [],
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
