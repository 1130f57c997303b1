import type { TrainingPlan } from '../db/trainings.ts'
import type { LabelledFrame } from '../train/types.ts'
import { isIn } from './training-frames.ts'

/**
 * The painted frame that is watched while a network learns: a held-out one, and one with somebody in
 * it, where there is such.
 */
export function previewFrame(
  { heldOut, classes }: Pick<TrainingPlan, 'heldOut' | 'classes'>,
  labels: readonly LabelledFrame[],
): LabelledFrame | undefined {
  const person = classes.indexOf('person')
  const held = labels.filter(isIn(heldOut))
  const shown = held.length > 0 ? held : labels
  const chosen = shown.find(({ mask }) => mask.includes(person)) ?? shown[0]
  return chosen && { source: chosen.source, frame: chosen.frame, mask: chosen.mask }
}
