/** @file How much the pixels of each class count in the loss. */
import type { TrainSettings } from '../../../shared/train-settings.ts'

/**
 * Weights by inverse frequency, one per class: pixels / (classes · pixels of the class), so that
 * every class has the same share in the loss and a pixel the mean weight 1. This is `balanced` of
 * scikit-learn's compute_class_weight, after King and Zeng, Logistic Regression in Rare Events Data
 * (2001). Counted are the classes that occur; one that does not gets 1, as no pixel asks for it.
 * Labels that are no class, as 255, are left out.
 */
export function classWeightsOf(labels: readonly Uint8Array[], classes: number): number[] {
  const counts = new Float64Array(256)
  for (const mask of labels) for (const label of mask) counts[label] = (counts[label] ?? 0) + 1
  return balancedWeights(counts, classes)
}

/** The same from the number of pixels of each label. */
function balancedWeights(counts: Float64Array, classes: number): number[] {
  const perClass = Array.from(counts.subarray(0, classes))
  const pixels = perClass.reduce((sum, count) => sum + count, 0)
  const occurring = perClass.filter((count) => count > 0).length
  return perClass.map((count) => (count === 0 ? 1 : pixels / (occurring * count)))
}

/** The weights that a loss is to have, one per class; null where all count alike. */
export function lossWeights(
  { classWeights, foreground }: Pick<TrainSettings['loss'], 'classWeights' | 'foreground'>,
  labels: readonly Uint8Array[],
  classes: number,
): number[] | null {
  const balanced = classWeights === 'auto' ? classWeightsOf(labels, classes) : null
  return weighted({ foreground }, balanced, classes)
}

/** The same from the number of pixels of each label, which only balanced weights need. */
export function weightsOfCounts(
  { foreground }: Pick<TrainSettings['loss'], 'foreground'>,
  counts: Float64Array | null,
  classes: number,
): number[] | null {
  return weighted({ foreground }, counts && balancedWeights(counts, classes), classes)
}

function weighted(
  { foreground }: Pick<TrainSettings['loss'], 'foreground'>,
  balanced: readonly number[] | null,
  classes: number,
): number[] | null {
  if (!balanced && foreground === 1) return null
  const weights = balanced ?? Array<number>(classes).fill(1)
  return weights.map((weight, index) => (index === 0 ? weight : weight * foreground))
}
