/**
 * @file Frame lists as people write them: `0,93,185`, `0-739`, `0-739/8`, `even:8`, and any of
 * these joined by commas. A frame is its index in decode order, from 0.
 */
import { AppError } from './errors.ts'

interface Part {
  pattern: RegExp
  /** The frames that the numbers in the part stand for, in a tape of `frames` frames. */
  expand(numbers: readonly number[], frames: number): Iterable<number>
}

const badPart = (part: string, why: string): AppError =>
  new AppError(
    'bad-value',
    `frame list: ${JSON.stringify(part)} ${why}`,
    'Write frames like 0,93,185 or 0-739 or 0-739/8 (every 8th) or even:8, joined by commas.',
  )

function* steps(first: number, last: number, step: number): Iterable<number> {
  for (let frame = first; frame <= last; frame += step) yield frame
}

/** `count` frames evenly spaced over the tape without its ends: i·(n−1)/(count+1), i = 1 … count. */
function* evenlySpaced(count: number, frames: number): Iterable<number> {
  for (let i = 1; i <= count; i++) yield Math.round((i * (frames - 1)) / (count + 1))
}

const parts: readonly Part[] = [
  { pattern: /^(\d+)$/, expand: ([frame = 0]) => [frame] },
  { pattern: /^(\d+)-(\d+)$/, expand: ([first = 0, last = 0]) => steps(first, last, 1) },
  {
    pattern: /^(\d+)-(\d+)\/(\d+)$/,
    expand: ([first = 0, last = 0, step = 1]) => steps(first, last, step),
  },
  { pattern: /^even:(\d+)$/, expand: ([count = 0], frames) => evenlySpaced(count, frames) },
]

/** Why a part that has the right form cannot be meant, or null. */
function faultOf(part: string, [first = 0, last, step]: readonly number[]): string | null {
  if (part.startsWith('even:')) return first < 1 ? 'asks for no frames' : null
  if (last !== undefined && last < first) return 'runs backwards'
  return step === 0 ? 'has a step of 0' : null
}

/** The frames of one part; throws when it is not one, or when the tape is too short for it. */
function expandPart(part: string, frames: number): Iterable<number> {
  for (const { pattern, expand } of parts) {
    const numbers = pattern.exec(part)?.slice(1).map(Number)
    if (!numbers) continue
    const fault = faultOf(part, numbers)
    if (fault) throw badPart(part, fault)
    const limit = part.startsWith('even:') ? frames : frames - 1
    const beyond = numbers.slice(0, 2).find((number) => number > limit)
    if (beyond !== undefined) throw noSuchFrame(part, frames)
    return expand(numbers, frames)
  }
  throw badPart(part, 'is not a frame, a range or even:N')
}

function noSuchFrame(part: string, frames: number): AppError {
  return new AppError(
    'no-such-frame',
    `frame list: ${JSON.stringify(part)} goes beyond the tape, which has ${frames} frames`,
    frames > 0 ? `Its frames are 0 to ${frames - 1}.` : 'Give a tape that has frames.',
  )
}

/**
 * Reads a frame list for a tape of `frames` frames; the result is ascending, each frame once.
 *
 * @throws AppError `bad-value` that names the part which is not a frame list, `no-such-frame` that
 * names the part which the tape does not have.
 */
export function parseFrameList(text: string, frames: number): number[] {
  const chosen = new Uint8Array(frames)
  for (const part of text.split(','))
    for (const frame of expandPart(part.trim(), frames)) chosen[frame] = 1
  const list: number[] = []
  for (let frame = 0; frame < frames; frame++) if (chosen[frame]) list.push(frame)
  return list
}

/** Fewest frames worth writing as a range. */
const shortestRange = 3

/** The position after the longest evenly spaced stretch that begins at `start`. */
function endOfStretch(frames: ArrayLike<number>, start: number): number {
  const step = (frames[start + 1] ?? 0) - (frames[start] ?? 0)
  let end = start + 1
  while (end < frames.length && (frames[end] ?? 0) - (frames[end - 1] ?? 0) === step) end++
  return end
}

/**
 * Ascending frames as a short list that `parseFrameList` reads back. The same frames always give
 * the same text.
 */
export function formatFrameList(frames: ArrayLike<number>): string {
  const written: string[] = []
  for (let start = 0; start < frames.length; ) {
    const end = endOfStretch(frames, start)
    const [first = 0, second = 0, last = 0] = [frames[start], frames[start + 1], frames[end - 1]]
    const range = end - start >= shortestRange
    const step = second - first
    written.push(range ? `${first}-${last}${step === 1 ? '' : `/${step}`}` : `${first}`)
    start = range ? end : start + 1
  }
  return written.join(',')
}
