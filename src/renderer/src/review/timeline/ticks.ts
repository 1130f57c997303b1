/** @file The marks of the time axis. */
import { parseStartTime } from '../../../../shared/count/clock.ts'
import { lowerBound } from '../search.ts'
import { type Span, toX } from './timeline-view.ts'

export interface Tick {
  /** CSS pixels from the left. */
  x: number
  time: string
  frame: number
}

/** When the positions of a run were taken. */
export interface AxisTimes {
  /** Seconds since frame 0, one a position, ascending. */
  seconds: Float64Array
  frames: Uint32Array
  /** Wall-clock time of frame 0, where it is known. */
  startTime: string | null
}

/** Steps in seconds that read well. */
const steps: readonly number[] = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
  172_800, 604_800,
]

/** Steps in frames, for what is shorter than seconds. */
const frameSteps: readonly number[] = [1, 2, 5, 10, 20, 50, 100]

/** Room that a label takes with what is between two, in CSS pixels. */
const labelWidth = 92
/** Of a character, and before the first one. */
const characterWidth = 7.2
const labelPadding = 6

const two = (value: number): string => String(value).padStart(2, '0')

/** `06:00:04` on the clock, or since the beginning `0:00:04`; without seconds where all are whole minutes. */
export function axisTime(ms: number, isClock: boolean, step: number): string {
  const seconds = Math.floor(ms / 1000)
  const hours = Math.floor(seconds / 3600)
  const shown = isClock ? two(hours % 24) : String(hours)
  const minutes = `${shown}:${two(Math.floor(seconds / 60) % 60)}`
  return step >= 60 ? minutes : `${minutes}:${two(seconds % 60)}`
}

function clockStart(startTime: string | null): number | null {
  try {
    return startTime === null ? null : parseStartTime(startTime).startMs
  } catch {
    // A time that cannot be read is none.
    return null
  }
}

/** A tick wherever the clock shows a round time, or at round frames where the tape is closer. */
export function ticksOf(times: AxisTimes, span: Span, width: number): Tick[] {
  if (times.seconds.length === 0 || width <= 0) return []
  return allTicks(times, span, width).filter(
    ({ x, time }) => x >= 0 && x + labelPadding + time.length * characterWidth <= width,
  )
}

function allTicks({ seconds, frames, startTime }: AxisTimes, span: Span, width: number): Tick[] {
  const last = seconds.length - 1
  const at = (position: number): number =>
    seconds[Math.min(last, Math.max(0, Math.floor(position)))] ?? 0
  const start = clockStart(startTime)
  const [begin, end] = [at(span.from), at(Math.ceil(span.to) - 1)]
  const most = Math.max(1, Math.floor(width / labelWidth))
  const step = steps.find((length) => (end - begin) / length <= most) ?? 604_800
  const text = (position: number, by: number): string =>
    axisTime((start ?? 0) + (seconds[position] ?? 0) * 1000, start !== null, by)
  if (end - begin < most) return frameTicks(frames, span, width, most, (p) => text(p, 1))
  const ticks: Tick[] = []
  const offset = (start ?? 0) / 1000
  const first = Math.ceil((begin + offset) / step) * step - offset
  for (let second = first; second <= end; second += step) {
    const position = lowerBound(seconds, second - 1e-6)
    if (position > last) break
    const time = axisTime((second + offset) * 1000, start !== null, step)
    ticks.push({ x: toX(position, span, width), time, frame: frames[position] ?? 0 })
  }
  return ticks
}

function frameTicks(
  frames: Uint32Array,
  span: Span,
  width: number,
  most: number,
  text: (position: number) => string,
): Tick[] {
  const shown = span.to - span.from
  const step = frameSteps.find((length) => shown / length <= most) ?? 100
  const ticks: Tick[] = []
  const end = Math.min(frames.length, Math.ceil(span.to))
  for (let position = Math.ceil(span.from / step) * step; position < end; position += step)
    ticks.push({
      // In the middle of the frame: it is wide here.
      x: toX(position + 0.5, span, width),
      time: text(position),
      frame: frames[position] ?? 0,
    })
  return ticks
}
