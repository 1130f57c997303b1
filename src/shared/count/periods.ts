/** @file Counts per hour and per shift. */
import { z } from 'zod'
import { formatClock, parseStartTime } from './clock.ts'
import type { Count } from './count.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

const timeOfDay = /^([01]\d|2[0-3]):([0-5]\d)$/

/** Times of day at which shifts begin, ascending, such as `06:00`. */
export const shiftsSchema = z
  .array(z.string().regex(timeOfDay, 'must be a time of day like 06:00'))
  .min(1)
  .refine((times) => times.every((time, i) => i === 0 || time > (times[i - 1] ?? '')), {
    message: 'must ascend, each time once',
  })

export const defaultShifts: readonly string[] = ['06:00', '14:00', '22:00']

/** A span of time and the positions of the run that lie in it. */
export interface Period {
  /** Wall-clock time where the tape has one, else time since its beginning: `01:00:00`. */
  start: string
  end: string
  /** First position, and the one after the last. */
  from: number
  to: number
}

/** When frames were taken. */
export interface FrameTimes {
  /** Seconds since frame 0 of the tape, one a position of the run, ascending. */
  seconds: Float64Array
  /** Wall-clock time of frame 0, or null where it is not known. */
  startTime: string | null
}

/** Clock hours that the run touches; without a start time, hours since the tape's beginning. */
export function hourPeriods(times: FrameTimes): Period[] {
  return periods(times, (ms) => {
    const start = Math.floor(ms / hourMs) * hourMs
    return { start, end: start + hourMs }
  })
}

/** Shifts that the run touches; the last of a day goes on to the first of the next. */
export function shiftPeriods(times: FrameTimes, shifts = defaultShifts): Period[] {
  const starts = shifts.map((time) => {
    const [, hours, minutes] = timeOfDay.exec(time) ?? []
    return (Number(hours) * 60 + Number(minutes)) * 60_000
  })
  return periods(times, (ms) => {
    const midnight = Math.floor(ms / dayMs) * dayMs
    const bounds = [-dayMs, 0, dayMs].flatMap((day) => starts.map((at) => midnight + day + at))
    const next = bounds.findIndex((bound) => bound > ms)
    return { start: bounds[next - 1] ?? midnight, end: bounds[next] ?? midnight + dayMs }
  })
}

interface Span {
  start: number
  end: number
}

/** Splits the positions where `spanOf` their clock time changes; empty spans are left out. */
function periods({ seconds, startTime }: FrameTimes, spanOf: (ms: number) => Span): Period[] {
  const clock = startTime === null ? null : parseStartTime(startTime)
  const written = (ms: number): string =>
    clock ? formatClock(ms, clock.offset) : formatElapsed(ms)
  const found: Period[] = []
  let span: Span = { start: Number.NaN, end: Number.NEGATIVE_INFINITY }
  for (const [position, second] of seconds.entries()) {
    const ms = (clock?.startMs ?? 0) + second * 1000
    if (ms >= span.end) {
      span = spanOf(ms)
      found.push({ start: written(span.start), end: written(span.end), from: position, to: 0 })
    }
    const last = found.at(-1)
    if (last) last.to = position + 1
  }
  return found
}

/** `26:00:00`: hours do not wrap. */
function formatElapsed(ms: number): string {
  const total = Math.round(ms / 1000)
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

export interface PeriodCount {
  period: Period
  frames: number
  occupied: number
  share: number
  /** Events that begin in the period. */
  events: number
}

/** Splits a region's count by periods; their frames and occupied frames add up to the count's. */
export function countPerPeriod(
  { stretches }: Pick<Count, 'stretches'>,
  list: readonly Period[],
): PeriodCount[] {
  return list.map((period) => {
    let occupied = 0
    let events = 0
    for (let i = 0; i < stretches.length; i += 2) {
      const first = stretches[i] ?? 0
      const after = (stretches[i + 1] ?? 0) + 1
      occupied += Math.max(0, Math.min(after, period.to) - Math.max(first, period.from))
      if (first >= period.from && first < period.to) events += 1
    }
    const frames = period.to - period.from
    return { period, frames, occupied, share: frames > 0 ? occupied / frames : 0, events }
  })
}
