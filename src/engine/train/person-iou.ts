import type { FrameScore } from './types.ts'

/** The person IoU of one frame, or of several together; 1 where neither network nor masks have a person. */
export function personIou({
  intersection,
  union,
}: Pick<FrameScore, 'intersection' | 'union'>): number {
  return union === 0 ? 1 : intersection / union
}
