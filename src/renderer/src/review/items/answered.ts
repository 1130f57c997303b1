import { placeOf } from '../search.ts'

/** A position of the run that a reviewer has looked at. */
export interface AnsweredPosition {
  position: number
  occupied: boolean
}

/** Answers by position, ascending; those about frames that the run does not have are left out. */
export function answeredPositions(
  answers: ReadonlyMap<number, boolean> | undefined,
  frames: Uint32Array,
): AnsweredPosition[] {
  return [...(answers ?? [])]
    .map(([frame, occupied]) => ({ position: placeOf(frames, frame), occupied }))
    .filter(({ position }) => position >= 0)
    .sort((a, b) => a.position - b.position)
}
