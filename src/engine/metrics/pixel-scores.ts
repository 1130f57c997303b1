/** @file How well predicted masks agree with truth, pixel by pixel; docs/metrics.md explains it. */
import { meanOfKnown, ratio, sum } from './ratio.ts'

/** Scores of one class from the confusion matrix `m`; null where there is nothing to divide by. */
export interface ClassScores {
  /** m[c][c] / (truth + predicted − m[c][c]) */
  iou: number | null
  /** 2 m[c][c] / (truth + predicted) */
  dice: number | null
  /** m[c][c] / predicted */
  precision: number | null
  /** m[c][c] / truth: the accuracy of the class */
  recall: number | null
  /** Harmonic mean of precision and recall; of pixels it is the same number as Dice. */
  f1: number | null
  /** Pixels of the class in the truth. */
  pixels: number
}

export interface PixelScores {
  classes: ClassScores[]
  /** Means over the classes that have a value. */
  meanIou: number | null
  meanDice: number | null
  /** Mean of the classes' recall. */
  meanAccuracy: number | null
  /** Share of all scored pixels that are right. */
  pixelAccuracy: number | null
  /** IoU weighted by the pixels of truth. */
  frequencyWeightedIou: number | null
}

function classScores(hits: number, pixels: number, predicted: number): ClassScores {
  const dice = ratio(2 * hits, pixels + predicted)
  return {
    iou: ratio(hits, pixels + predicted - hits),
    dice,
    precision: ratio(hits, predicted),
    recall: ratio(hits, pixels),
    f1: dice,
    pixels,
  }
}

/** Scores from a confusion matrix, whose rows are truth and whose columns are predictions. */
export function pixelScores(matrix: readonly (readonly number[])[]): PixelScores {
  const hits = matrix.map((row, index) => row[index] ?? 0)
  const truth = matrix.map(sum)
  const predicted = matrix.map((_, column) => sum(matrix.map((row) => row[column] ?? 0)))
  const classes = hits.map((hit, i) => classScores(hit, truth[i] ?? 0, predicted[i] ?? 0))
  const total = sum(truth)
  return {
    classes,
    meanIou: meanOfKnown(classes.map(({ iou }) => iou)),
    meanDice: meanOfKnown(classes.map(({ dice }) => dice)),
    meanAccuracy: meanOfKnown(classes.map(({ recall }) => recall)),
    pixelAccuracy: ratio(sum(hits), total),
    frequencyWeightedIou: ratio(sum(classes.map(({ iou, pixels }) => pixels * (iou ?? 0))), total),
  }
}
