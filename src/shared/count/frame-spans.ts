/** @file The stretch of time that each frame of a run stands for. */

export interface FrameSpans {
  /** Begin and end of each position's stretch, in seconds of the tape. */
  from: Float64Array
  to: Float64Array
}

/** A frame stands for at most this many typical intervals: a longer one is a gap in the list. */
const longestStretch = 2

function typicalInterval(seconds: ArrayLike<number>, fallback: number): number {
  const intervals = Float64Array.from(
    { length: Math.max(0, seconds.length - 1) },
    (_, i) => (seconds[i + 1] ?? 0) - (seconds[i] ?? 0),
  ).sort()
  return intervals[intervals.length >> 1] || fallback
}

/**
 * A frame stands for the time until the next one of the list; where frames are missing in between,
 * and at the end, for the median interval.
 */
export function frameSpans(seconds: ArrayLike<number>, framesPerSecond: number): FrameSpans {
  const interval = typicalInterval(seconds, 1 / framesPerSecond)
  const from = Float64Array.from(seconds)
  const to = from.map((time, i) => {
    const next = from[i + 1]
    return next !== undefined && next - time <= longestStretch * interval ? next : time + interval
  })
  return { from, to }
}
