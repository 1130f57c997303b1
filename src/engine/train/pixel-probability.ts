/** @file The probability of a person at every pixel of a picture, from what a network answers. */
import type { Size } from '../../shared/recipe.ts'
import { axisRuns } from '../infer/axis-runs.ts'
import type { OutputShape } from '../infer/network-output.ts'
import { personProbability } from '../infer/person-probability.ts'
import type { GridCover } from '../infer/score-plan.ts'

/** Probabilities as bytes, 0 … 255. */
export function probabilityBytes(probabilities: Float64Array): Uint8Array {
  return Uint8Array.from(probabilities, (probability) => Math.round(255 * probability))
}

/**
 * Prepares the probability that a pixel is of one of the classes `shape.person`, `[height, width]`; the
 * result is overwritten by the next.
 */
export function pixelProbability(
  shape: OutputShape,
  cover: GridCover,
  { width, height }: Size,
): (answer: Float32Array) => Float64Array {
  const columns = axisRuns(width, cover.x)
  const rows = axisRuns(height, cover.y)
  const probability = personProbability(shape)
  const data = new Float64Array(width * height)
  return (answer) => {
    for (const y of rows)
      for (const x of columns) {
        const offset = y.first * width + x.first
        probability(answer, { x, y }, { data, offset, stride: width })
      }
    return data
  }
}
