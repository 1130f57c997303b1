/** @file Which labelled frames are held out to see whether training helps. */
import { AppError } from '../../shared/errors.ts'
import { parseFrameList } from '../../shared/frame-list.ts'
import type { FrameReference, LabelledFrame } from '../train/types.ts'

/** With fewer labelled frames, all of them are needed for training. */
export const fewestToHoldOut = 4

/** Held out of so many is one. */
const oneOf = 4

export interface HoldOut {
  /** Empty = no trial. */
  frames: FrameReference[]
  /** Why nothing was held out although it was not asked for; null = no need to say anything. */
  warning: string | null
}

const nothing: HoldOut = { frames: [], warning: null }

/** The positions of `count` equal stretches of `total`, each from its middle outwards. */
function stretches(count: number, total: number): number[][] {
  return Array.from({ length: count }, (_, i) => {
    const first = Math.floor((i * total) / count)
    const last = Math.floor(((i + 1) * total) / count)
    const middle = Math.floor(((i + 0.5) * total) / count)
    const positions = Array.from({ length: last - first }, (_, at) => first + at)
    return positions.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle))
  })
}

/**
 * One position of each stretch, its middle, such that there are people on both sides: a score
 * without people says little, and training without them is impossible.
 */
function spread(count: number, hasPerson: readonly boolean[]): number[] {
  const around = stretches(count, hasPerson.length)
  const chosen = around.map(([middle = 0]) => middle)
  const shown = chosen.filter((position) => hasPerson[position]).length
  const all = hasPerson.filter(Boolean).length
  const wanted = shown === 0 ? true : shown === all ? false : null
  if (wanted === null) return chosen
  for (const [i, positions] of around.entries()) {
    const other = positions.find((position) => hasPerson[position] === wanted)
    if (other === undefined || hasPerson[chosen[i] ?? 0] === wanted) continue
    return chosen.map((position, at) => (at === i ? other : position))
  }
  return chosen
}

/** A quarter of the frames, spread over time. */
function automatic(labels: readonly LabelledFrame[], person: number): HoldOut {
  const hasPerson = labels.map(({ mask }) => mask.includes(person))
  const people = hasPerson.filter(Boolean).length
  if (labels.length < fewestToHoldOut)
    return without(
      `with ${labels.length === 1 ? '1 labelled frame' : `${labels.length} labelled frames`}`,
    )
  if (people < 2) return without('with people in one labelled frame only')
  const count = Math.max(1, Math.round(labels.length / oneOf))
  const chosen = new Set(spread(count, hasPerson))
  return { frames: labels.filter((_, at) => chosen.has(at)).map(reference), warning: null }
}

function without(reason: string): HoldOut {
  return {
    frames: [],
    warning:
      `${reason} none can be spared for a check, so nobody knows whether the new network is better ` +
      `than the one before; paint ${fewestToHoldOut} or more, and look at its result closely`,
  }
}

function reference({ source, frame }: FrameReference): FrameReference {
  return { source, frame }
}

/** The labelled frames of a list such as `0,93,185`. */
function listed(
  words: string,
  labels: readonly LabelledFrame[],
  framesOf: (source: number) => number,
): HoldOut {
  const [first] = labels
  if (!first || labels.some(({ source }) => source !== first.source))
    throw new AppError(
      'bad-value',
      `--hold-out is ${JSON.stringify(words)}, but the labels are on several tapes`,
      'Use --hold-out auto or --hold-out none.',
    )
  const wanted = parseFrameList(words, framesOf(first.source))
  const labelled = labels.map(({ frame }) => frame)
  const without = wanted.filter((frame) => !labelled.includes(frame))
  if (without.length > 0)
    throw new AppError(
      'bad-value',
      `--hold-out names frames without a label: ${without.slice(0, 10).join(', ')}`,
      `The labelled frames are ${labelled.join(', ')}.`,
    )
  if (wanted.length === labels.length)
    throw new AppError(
      'bad-value',
      `--hold-out names all ${labels.length} labelled frames; some must be left to learn from`,
      'Name about a quarter of them.',
    )
  return { frames: wanted.map((frame) => ({ source: first.source, frame })), warning: null }
}

/**
 * The frames to hold out.
 * @param words `auto`, `none` or a frame list
 * @param person the masks' index of a person
 * @param framesOf the number of frames of a tape
 * @throws AppError `bad-value` for a list that names frames without a label, or all of them
 */
export function holdOut(
  words: string,
  labels: readonly LabelledFrame[],
  person: number,
  framesOf: (source: number) => number,
): HoldOut {
  if (words === 'none') return nothing
  if (words === 'auto') return automatic(labels, person)
  return listed(words, labels, framesOf)
}
