/** @file Which frames will be looked at next. */
import type { FrameWindow } from '../media/recent-frames.ts'

export interface View {
  /** The frame in view, and the way the last step went: 1 or -1. */
  centre: number
  direction: number
  /** The frames that can be kept. */
  window: FrameWindow
  isKept(frame: number): boolean
}

const range = (first: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i)

/**
 * The frames to decode ahead, in this order: where the last step went first. Every frame backward
 * costs a run from a seek point; so they are fetched many at a time, in ascending order, when half
 * of them have been used.
 * @param frames how many the tape has
 */
export function framesAhead({ centre, direction, window, isKept }: View, frames: number): number[] {
  const isMissing = (frame: number): boolean => !isKept(frame)
  const forward = range(centre + 1, Math.min(frames, window.end)).filter(isMissing)
  const back = range(Math.max(0, window.first), centre)
  const isShort = back.slice(-Math.ceil(back.length / 2)).some(isMissing)
  const backward = isShort ? back.filter(isMissing) : []
  return direction < 0 ? [...backward, ...forward] : [...forward, ...backward]
}
