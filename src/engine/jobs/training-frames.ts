/** @file Frames that a training looks at although nobody painted them. */
import { parseFrameList } from '../../shared/frame-list.ts'
import { backgroundFrames } from '../train/scene/background.ts'
import type { FrameReference } from '../train/types.ts'

/** A tape as far as its frames are counted. */
interface CountedTape {
  id: number
  frames: number
}

/** Frames for self-training: they are to show what the labels do not. */
const unlabelledCount = 24

/** Positions in all tapes one after the other, as frames. */
function framesAt(positions: readonly number[], tapes: readonly CountedTape[]): FrameReference[] {
  return positions.flatMap((position) => {
    let first = 0
    for (const { id, frames } of tapes) {
      if (position < first + frames) return [{ source: id, frame: position - first }]
      first += frames
    }
    return []
  })
}

const totalOf = (tapes: readonly CountedTape[]): number =>
  tapes.reduce((sum, { frames }) => sum + frames, 0)

/** Frames spread over all tapes whose median is the empty scene. */
export function backgroundOf(tapes: readonly CountedTape[]): FrameReference[] {
  return framesAt(backgroundFrames(totalOf(tapes)), tapes)
}

/** So many frames evenly spread over all tapes, or all there are. */
export function spreadOver(tapes: readonly CountedTape[], count: number): FrameReference[] {
  const total = totalOf(tapes)
  return framesAt(parseFrameList(`even:${Math.min(count, total)}`, total), tapes)
}

/** Tells the frames of a list from others. */
export function isIn(list: readonly FrameReference[]) {
  return ({ source, frame }: FrameReference): boolean =>
    list.some((each) => each.source === source && each.frame === frame)
}

/** Frames spread over all tapes that nobody painted. */
export function unlabelledOf(
  tapes: readonly CountedTape[],
  labels: readonly FrameReference[],
): FrameReference[] {
  const isLabelled = isIn(labels)
  return spreadOver(tapes, unlabelledCount).filter((frame) => !isLabelled(frame))
}
