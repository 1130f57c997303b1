/** @file What is known of the frames of a tape, as the strip marks them. */
import type { FrameState } from '../../../../shared/contract/state.ts'
import type { Suggestion } from '../session/suggestions.ts'
import { allFrames, type StripFrames, someFrames } from './strip-view.ts'

export interface FrameMark {
  label: FrameState['label']
  flagged: boolean
  /** Why it was suggested; null = it was not. */
  suggested: string | null
}

const nothing: FrameMark = { label: 'none', flagged: false, suggested: null }

export type FrameMarks = ReadonlyMap<number, FrameMark>

export function marksOf(
  tape: number,
  frames: readonly FrameState[],
  suggestions: readonly Suggestion[],
): FrameMarks {
  const marks = new Map<number, FrameMark>()
  for (const { tape: of, frame, label, flagged } of frames)
    if (of === tape) marks.set(frame, { ...nothing, label, flagged })
  for (const { tape: of, frame, why } of suggestions)
    if (of === tape) marks.set(frame, { ...(marks.get(frame) ?? nothing), suggested: why })
  return marks
}

export function markAt(marks: FrameMarks, frame: number): FrameMark {
  return marks.get(frame) ?? nothing
}

export const stripFilters = ['all', 'labelled', 'suggested', 'flagged'] as const
export type StripFilter = (typeof stripFilters)[number]

const accepts: Readonly<Record<Exclude<StripFilter, 'all'>, (mark: FrameMark) => boolean>> = {
  labelled: ({ label }) => label !== 'none',
  suggested: ({ suggested }) => suggested !== null,
  flagged: ({ flagged }) => flagged,
}

/** The frames that the strip lists. */
export function listedFrames(count: number, marks: FrameMarks, filter: StripFilter): StripFrames {
  if (filter === 'all') return allFrames(count)
  const fits = accepts[filter]
  const frames = [...marks].filter(([, mark]) => fits(mark)).map(([frame]) => frame)
  return someFrames(frames.sort((a, b) => a - b))
}

/** What a frame's mark says, in words; null where nothing is known of it. */
export function markText({ label, flagged, suggested }: FrameMark): string | null {
  const words = [
    label === 'labelled' && 'labelled',
    label === 'empty' && 'nobody here',
    label === 'none' && suggested !== null && 'suggested',
    flagged && 'flagged',
  ].filter(Boolean)
  return words.length === 0 ? null : words.join(', ')
}
