import type { TrainingPlan } from '../db/trainings.ts'
import type { FrameReference, LabelledFrame } from '../train/types.ts'
import { isIn } from './training-frames.ts'

/**
 * The painted frame that is watched while a network learns: a held-out one, and one with somebody in
 * it, where there is such.
 */
export function previewFrame(
  { heldOut, classes }: Pick<TrainingPlan, 'heldOut' | 'classes'>,
  labels: readonly LabelledFrame[],
): FrameReference {
  const person = classes.indexOf('person')
  const held = labels.filter(isIn(heldOut))
  const shown = held.length > 0 ? held : labels
  const { source, frame } = shown.find(({ mask }) => mask.includes(person)) ??
    shown[0] ?? { source: 0, frame: 0 }
  return { source, frame }
}
