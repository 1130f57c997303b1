/** @file A count as the exports see it: regions, events and when they were. */
import { formatClock, parseStartTime } from '../../shared/count/clock.ts'
import type { Count } from '../../shared/count/count.ts'
import { type FrameSpans, frameSpans } from '../../shared/count/frame-spans.ts'
import type { CountInterval } from '../../shared/count/interval.ts'
import type { FrameTimes } from '../../shared/count/periods.ts'
import { toEvents } from '../../shared/count/stretches.ts'
import type { CountRule } from '../../shared/count/types.ts'

/** What reviewers made sure of in a region: see countInterval. */
export type RegionReview = CountInterval

/** A region, or a group of regions, with its count. */
export interface CountedRegion extends Count {
  name: string
  /** Names of the regions of a group; empty for a region. */
  members: readonly string[]
  /** The threshold it was counted with; null for a group, whose members have their own. */
  threshold: number | null
  /** Whether it was scored from stored probability maps. */
  approximate: boolean
  /** Null where nobody has reviewed it, and for groups. */
  review: RegionReview | null
}

export interface CountedRun {
  rule: CountRule
  /** Frame of each position. */
  frames: readonly number[]
  /** Regions, then groups. */
  regions: readonly CountedRegion[]
  times: FrameTimes
  framesPerSecond: number
}

/** An occupied stretch with its frames (both ends included) and its times in the tape. */
export interface CountedEvent {
  firstFrame: number
  lastFrame: number
  frames: number
  beginSeconds: number
  /** When the frame after the last one begins. */
  endSeconds: number
  /** Wall-clock time, null where it is not known. */
  begin: string | null
  end: string | null
}

/** Milliseconds are as exact as time bases are worth. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** Wall-clock time of a time in the tape, to the second; null where it is not known. */
export function clockOf(startTime: string | null): (seconds: number) => string | null {
  if (startTime === null) return () => null
  const { startMs, offset } = parseStartTime(startTime)
  return (seconds) => formatClock(startMs + seconds * 1000, offset)
}

/** The events of one region; `spansOf` gives the times of the run. */
export function countedEvents(
  { frames, times }: CountedRun,
  region: CountedRegion,
  { from, to }: FrameSpans,
): CountedEvent[] {
  const clock = clockOf(times.startTime)
  return toEvents(region.stretches).map(({ first, last }) => {
    const [begin, end] = [toMilliseconds(from[first] ?? 0), toMilliseconds(to[last] ?? 0)]
    return {
      firstFrame: frames[first] ?? 0,
      lastFrame: frames[last] ?? 0,
      frames: last - first + 1,
      beginSeconds: begin,
      endSeconds: end,
      begin: clock(begin),
      end: clock(end),
    }
  })
}

export function spansOf({ times, framesPerSecond }: CountedRun): FrameSpans {
  return frameSpans(times.seconds, framesPerSecond)
}
