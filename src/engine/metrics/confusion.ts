/** @file Pixels counted by what they are and what they were taken for: the confusion matrix. */
import { AppError } from '../../shared/errors.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { ratio, sum } from './ratio.ts'

/** Every pair of byte values that a pixel can have. */
const pairs = 256 * 256

/** Counts of pixels by (truth, prediction), over any number of masks. */
export interface PixelCounts {
  /**
   * Adds two masks of the same size; 255 in either of them is not scored.
   * @throws AppError `mask-size-differs`
   */
  add(truth: Uint8Array, predicted: Uint8Array): void
  /** `matrix[t][p]`: pixels of class `classes[t]` that were predicted as `classes[p]`. */
  matrix(classes: readonly number[]): number[][]
  /** The values that occur on each side, ascending, 255 included. */
  values(): { truth: number[]; prediction: number[] }
  /** Pixels that are 255 in the truth, and pixels that are 255 in the prediction alone. */
  ignored(): { truth: number; prediction: number }
}

/** Four pixels at a time, whatever byte of its buffer an array begins at. */
function words(pixels: Uint8Array): Uint32Array {
  const aligned = pixels.byteOffset % 4 === 0 ? pixels : pixels.slice()
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2)
}

/**
 * Adds the counts of two masks to `joint`. Masks are mostly areas of one class, so four pixels that
 * repeat the four before are counted with one comparison.
 */
function addPairs(joint: Float64Array, truth: Uint8Array, predicted: Uint8Array): void {
  const addPixel = (pixel: number, times: number) => {
    const pair = ((truth[pixel] ?? 0) << 8) | (predicted[pixel] ?? 0)
    joint[pair] = (joint[pair] ?? 0) + times
  }
  const [truthWords, predictedWords] = [words(truth), words(predicted)]
  const count = truthWords.length
  for (let word = 0; word < count; ) {
    const first = truthWords[word]
    const second = predictedWords[word]
    let end = word + 1
    while (end < count && truthWords[end] === first && predictedWords[end] === second) end++
    for (let pixel = 4 * word; pixel < 4 * word + 4; pixel++) addPixel(pixel, end - word)
    word = end
  }
  for (let pixel = 4 * count; pixel < truth.length; pixel++) addPixel(pixel, 1)
}

export function pixelCounts(): PixelCounts {
  const joint = new Float64Array(pairs)
  const at = (truth: number, predicted: number) => joint[(truth << 8) | predicted] ?? 0
  const values = Array.from({ length: 256 }, (_, value) => value)
  const classes = values.filter((value) => value !== ignoreIndex)
  return {
    add(truth, predicted) {
      if (truth.length !== predicted.length)
        throw new AppError(
          'mask-size-differs',
          `a truth of ${truth.length} pixels cannot be compared with a prediction of ${predicted.length}`,
          'Both must have the same size.',
        )
      addPairs(joint, truth, predicted)
    },
    matrix: (wanted) => wanted.map((truth) => wanted.map((predicted) => at(truth, predicted))),
    values: () => ({
      truth: values.filter((value) => values.some((other) => at(value, other) > 0)),
      prediction: values.filter((value) => values.some((other) => at(other, value) > 0)),
    }),
    ignored: () => ({
      truth: sum(values.map((value) => at(ignoreIndex, value))),
      prediction: sum(classes.map((value) => at(value, ignoreIndex))),
    }),
  }
}

/** A confusion matrix as counts and as shares; rows are truth, columns predictions. */
export interface Confusion {
  counts: number[][]
  /** Each row divided by its sum: of a class' pixels, what they were taken for. Null in empty rows. */
  byTruth: (number | null)[][]
  /** Each column divided by its sum: of a prediction, what it truly was. Null in empty columns. */
  byPrediction: (number | null)[][]
}

/** Adds the two normalised forms to a matrix of counts. */
export function confusionOf(counts: number[][]): Confusion {
  const columns = counts.map((_, column) => sum(counts.map((row) => row[column] ?? 0)))
  return {
    counts,
    byTruth: counts.map((row) => {
      const total = sum(row)
      return row.map((count) => ratio(count, total))
    }),
    byPrediction: counts.map((row) => row.map((count, i) => ratio(count, columns[i] ?? 0))),
  }
}
