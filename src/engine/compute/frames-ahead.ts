/** @file Which frames will be looked at next. */

export interface View {
  /** The frame in view, and the way the last step went: 1 or -1. */
  centre: number
  direction: number
  /** How many frames can be kept, the one in view among them. */
  capacity: number
}

/** Share of the kept frames that lies behind: going back is dearer than going on. */
const behindShare = 0.6

const range = (first: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)

/**
 * The frames to decode ahead, in this order: where the last step went first. Every frame backward
 * costs a run from a seek point; so they are fetched many at a time, in ascending order, when half
 * of them have been used.
 */
export function framesAhead(
  { centre, direction, capacity }: View,
  frames: number,
  isKept: (frame: number) => boolean,
): number[] {
  const others = Math.max(2, capacity - 1)
  const behind = Math.max(1, Math.floor(others * behindShare))
  const after = Math.max(1, others - behind)
  const isMissing = (frame: number): boolean => !isKept(frame)
  const forward = range(centre + 1, Math.min(frames, centre + 1 + after)).filter(isMissing)
  const back = range(Math.max(0, centre - behind), centre)
  const isShort = back.slice(-Math.ceil(behind / 2)).some(isMissing)
  const backward = isShort ? back.filter(isMissing) : []
  return direction < 0 ? [...backward, ...forward] : [...forward, ...backward]
}
