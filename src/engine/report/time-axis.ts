/** @file The time that a report covers: where each frame lies on it, and what its ticks say. */
import { parseStartTime } from '../../shared/count/clock.ts'
import { type FrameSpans, frameSpans } from '../../shared/count/frame-spans.ts'
import { clockDate, clockTime, tapeTime } from './format.ts'

export interface TimeAxis extends FrameSpans {
  /** Times in the tape, in seconds. */
  start: number
  end: number
  /** What the clock on the wall shows at the tape's beginning, in milliseconds; null = unknown. */
  clock: number | null
}

/** The axis over the measured frames. */
export function timeAxis(
  seconds: ArrayLike<number>,
  framesPerSecond: number,
  startTime: string | null,
): TimeAxis {
  const { from, to } = frameSpans(seconds, framesPerSecond)
  const clock = startTime === null ? null : parseStartTime(startTime).startMs
  return { start: from[0] ?? 0, end: to.at(-1) ?? 1, from, to, clock }
}

/** Seconds that the measured frames stand for together. */
export function measuredSeconds({ from, to }: TimeAxis): number {
  return to.reduce((sum, end, i) => sum + end - (from[i] ?? 0), 0)
}

/** `06:02:11` where clock time is known, otherwise the time in the tape. */
export function timeText({ clock }: TimeAxis, seconds: number): string {
  return clock === null ? tapeTime(seconds) : clockTime(clock + seconds * 1000)
}

/** Whether the axis touches more than one day of the clock. */
export function spansDays({ clock, start, end }: TimeAxis): boolean {
  return clock !== null && clockDate(clock + start * 1000) !== clockDate(clock + end * 1000)
}

export interface Tick {
  /** Where it stands, from 0 to 1. */
  share: number
  label: string
}

const minute = 60
const hour = 3600
const day = 86_400
const tickSteps = [
  ...[1, 2, 5, 10, 15, 30],
  ...[1, 2, 5, 10, 15, 30].map((value) => value * minute),
  ...[1, 2, 3, 6, 12].map((value) => value * hour),
  ...[1, 2, 7, 14, 28].map((value) => value * day),
]

const shortDate = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
})

function tickLabel({ clock }: TimeAxis, seconds: number, step: number): string {
  if (clock === null) return tapeTime(seconds)
  const at = clock + seconds * 1000
  if (step >= day || (step >= hour && at % (1000 * day) === 0)) return shortDate.format(at)
  return clockTime(at).slice(0, step < minute ? 8 : 5)
}

/** At most `most` ticks at round times of the clock, or of the tape where it is unknown. */
export function ticks(axis: TimeAxis, most: number): Tick[] {
  const { start, end, clock } = axis
  const length = end - start
  const step = tickSteps.find((candidate) => length / candidate <= most) ?? length
  const offset = clock === null ? 0 : (clock / 1000) % day
  const first = Math.ceil((start + offset) / step) * step - offset
  const count = Math.max(0, Math.floor((end - first) / step + 1e-9) + 1)
  return Array.from({ length: count }, (_, i) => {
    const seconds = first + i * step
    return { share: (seconds - start) / length, label: tickLabel(axis, seconds, step) }
  })
}
