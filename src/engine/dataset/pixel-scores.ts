/** @file How well predicted masks agree with truth, pixel by pixel. */
import { AppError } from '../../shared/errors.ts'

/** Every pair of byte values that a pixel can have. */
const pairs = 256 * 256

/** Counts of pixels by (truth, prediction), over any number of masks. */
export interface PixelCounts {
  /** Adds two masks of the same size; truth 255 is not scored. */
  add(truth: Uint8Array, predicted: Uint8Array): void
  /** `matrix[t][p]`: pixels of class `classes[t]` that were predicted as `classes[p]`. */
  matrix(classes: readonly number[]): number[][]
}

export function pixelCounts(): PixelCounts {
  const joint = new Float64Array(pairs)
  return {
    add(truth, predicted) {
      if (truth.length !== predicted.length)
        throw new AppError(
          'mask-size-differs',
          `a truth of ${truth.length} pixels cannot be compared with a prediction of ${predicted.length}`,
          'Both must have the size of the recipe.',
        )
      for (let pixel = 0; pixel < truth.length; pixel++) {
        const pair = ((truth[pixel] ?? 0) << 8) | (predicted[pixel] ?? 0)
        joint[pair] = (joint[pair] ?? 0) + 1
      }
    },
    matrix: (classes) => classes.map((t) => classes.map((p) => joint[(t << 8) | p] ?? 0)),
  }
}

/** Scores of one class; null where there is nothing to divide by. */
export interface ClassScores {
  /** matrix[c][c] / (truth + predicted − matrix[c][c]) */
  iou: number | null
  /** 2 matrix[c][c] / (truth + predicted) */
  dice: number | null
  /** matrix[c][c] / predicted */
  precision: number | null
  /** matrix[c][c] / truth */
  recall: number | null
}

export interface PixelScores {
  classes: ClassScores[]
  /** Means over the classes that have a value. */
  meanIou: number | null
  meanDice: number | null
  meanRecall: number | null
  /** Share of all scored pixels that are right. */
  pixelAccuracy: number | null
  /** IoU weighted by the pixels of truth. */
  frequencyWeightedIou: number | null
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** A quotient, null where there is nothing to divide by. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function mean(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return ratio(sum(known), known.length)
}

/** Scores from a confusion matrix, whose rows are truth and whose columns are predictions. */
export function pixelScores(matrix: readonly (readonly number[])[]): PixelScores {
  const hits = matrix.map((row, index) => row[index] ?? 0)
  const truth = matrix.map(sum)
  const predicted = matrix.map((_, column) => sum(matrix.map((row) => row[column] ?? 0)))
  const classes = hits.map((hit, index): ClassScores => {
    const [inTruth = 0, inPrediction = 0] = [truth[index], predicted[index]]
    return {
      iou: ratio(hit, inTruth + inPrediction - hit),
      dice: ratio(2 * hit, inTruth + inPrediction),
      precision: ratio(hit, inPrediction),
      recall: ratio(hit, inTruth),
    }
  })
  return {
    classes,
    meanIou: mean(classes.map(({ iou }) => iou)),
    meanDice: mean(classes.map(({ dice }) => dice)),
    meanRecall: mean(classes.map(({ recall }) => recall)),
    pixelAccuracy: ratio(sum(hits), sum(truth)),
    frequencyWeightedIou: ratio(
      sum(classes.map(({ iou }, index) => (truth[index] ?? 0) * (iou ?? 0))),
      sum(truth),
    ),
  }
}
