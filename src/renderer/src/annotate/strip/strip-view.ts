/** @file Which frames a strip shows: by index, for no element is wide enough for 810,000 of them. */

export const itemWidth = 116

/** Frames that the strip lists, in order. */
export interface StripFrames {
  readonly count: number
  frameAt(index: number): number
  /** Place of a frame; of the next one listed where it is not. */
  indexOf(frame: number): number
}

export function allFrames(count: number): StripFrames {
  return { count, frameAt: (index) => index, indexOf: (frame) => Math.min(frame, count - 1) }
}

/** Some frames, in rising order. */
export function someFrames(frames: readonly number[]): StripFrames {
  return {
    count: frames.length,
    frameAt: (index) => frames[index] ?? 0,
    indexOf: (frame) => lowerBound(frames, frame),
  }
}

function lowerBound(frames: readonly number[], frame: number): number {
  let [low, high] = [0, frames.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((frames[middle] ?? 0) < frame) low = middle + 1
    else high = middle
  }
  return Math.min(low, Math.max(0, frames.length - 1))
}

/** Where the strip may stand: the index at its left edge, not whole while it moves. */
export function clampPosition(position: number, count: number, width: number): number {
  return Math.max(0, Math.min(position, count - width / itemWidth))
}

/** Places in the list that can be seen, with one more at each side. */
export function visibleRange(
  position: number,
  count: number,
  width: number,
): { first: number; end: number } {
  return {
    first: Math.max(0, Math.floor(position) - 1),
    end: Math.min(count, Math.ceil(position + width / itemWidth) + 1),
  }
}

/** Items that are to be seen at each side of the one in view. */
const margin = 1

/** Moves as little as it takes to show an item and one beside it; one that is far away goes to the middle. */
export function positionShowing(
  index: number,
  position: number,
  count: number,
  width: number,
): number {
  const room = width / itemWidth
  const beside = room > 2 * margin + 1 ? margin : 0
  const [first, end] = [index - beside, index + 1 + beside]
  if (first >= position && end <= position + room) return clampPosition(position, count, width)
  const isNear = index > position - 2 && index + 1 < position + room + 2
  const nearest = first < position ? first : end - room
  return clampPosition(isNear ? nearest : index + 0.5 - room / 2, count, width)
}
