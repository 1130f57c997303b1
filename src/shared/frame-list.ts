/**
 * @file Frame lists as people write them: `0,93,185`, `0-739`, `0-739/8`, `even:8`, and any of
 * these joined by commas. A frame is its index in decode order, from 0.
 */
import { AppError } from './errors.ts'

/** One way to write frames. */
interface Form {
  pattern: RegExp
  /** Why the numbers in a part of this form cannot be meant, or null. */
  fault(numbers: readonly number[]): string | null
  /** The highest number in it that has to be a frame of the tape. */
  highest(numbers: readonly number[]): number
  expand(numbers: readonly number[], frames: number): Iterable<number>
}

function* steps(first: number, last: number, step: number): Iterable<number> {
  for (let frame = first; frame <= last; frame += step) yield frame
}

/** `count` frames evenly spaced over the tape without its ends: i·(n−1)/(count+1), i = 1 … count. */
function* evenlySpaced(count: number, frames: number): Iterable<number> {
  for (let i = 1; i <= count; i++) yield Math.round((i * (frames - 1)) / (count + 1))
}

const range: Form = {
  pattern: /^(\d+)-(\d+)(?:\/(\d+))?$/,
  fault: ([first = 0, last = 0, step = 1]) =>
    last < first ? 'runs backwards' : step === 0 ? 'has a step of 0' : null,
  highest: ([, last = 0]) => last,
  expand: ([first = 0, last = 0, step = 1]) => steps(first, last, step),
}

const single: Form = {
  pattern: /^(\d+)$/,
  fault: () => null,
  highest: ([frame = 0]) => frame,
  expand: ([frame = 0]) => [frame],
}

const even: Form = {
  pattern: /^even:(\d+)$/,
  fault: ([count = 0]) => (count < 1 ? 'asks for no frames' : null),
  /** As many frames as it asks for must be there. */
  highest: ([count = 0]) => count - 1,
  expand: ([count = 0], frames) => evenlySpaced(count, frames),
}

const forms: readonly Form[] = [single, range, even]

function badPart(part: string, why: string): AppError {
  return new AppError(
    'bad-value',
    `frame list: ${JSON.stringify(part)} ${why}`,
    'Write frames like 0,93,185 or 0-739 or 0-739/8 (every 8th) or even:8, joined by commas.',
  )
}

function noSuchFrame(part: string, frames: number): AppError {
  return new AppError(
    'no-such-frame',
    `frame list: ${JSON.stringify(part)} goes beyond the tape, which has ${frames} frames`,
    frames > 0 ? `Its frames are 0 to ${frames - 1}.` : 'Give a tape that has frames.',
  )
}

/** The frames of one part; throws when it is not one, or when the tape is too short for it. */
function expandPart(part: string, frames: number): Iterable<number> {
  for (const { pattern, fault, highest, expand } of forms) {
    const numbers = pattern
      .exec(part)
      ?.slice(1)
      .filter((digits) => digits !== undefined)
      .map(Number)
    if (!numbers) continue
    const why = fault(numbers)
    if (why !== null) throw badPart(part, why)
    if (highest(numbers) >= frames) throw noSuchFrame(part, frames)
    return expand(numbers, frames)
  }
  throw badPart(part, 'is not a frame, a range or even:N')
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
    const isRange = end - start >= shortestRange
    const step = second - first
    written.push(isRange ? `${first}-${last}${step === 1 ? '' : `/${step}`}` : `${first}`)
    start = isRange ? end : start + 1
  }
  return written.join(',')
}
