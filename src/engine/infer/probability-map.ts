/** @file The map of person probability that is kept of every frame. */
import { AppError } from '../../shared/errors.ts'
import { axisRuns } from './axis-runs.ts'
import type { OutputShape } from './network-output.ts'
import { personProbability } from './person-probability.ts'
import type { GridCover } from './score-plan.ts'
import type { ProbabilityMap } from './types.ts'

/** Maps the network's answer for one picture. Throws `bad-model` when it is not made of numbers. */
export type ProbabilityMapper = (values: Float32Array) => ProbabilityMap

/**
 * Prepares maps at the resolution of the network's output. A map covers the picture alone: where the
 * network's input is padded, the answer is interpolated at evenly spaced points of the picture.
 */
export function probabilityMapper(shape: OutputShape, cover: GridCover): ProbabilityMapper {
  const width = Math.max(1, Math.round(cover.x.cover))
  const height = Math.max(1, Math.round(cover.y.cover))
  const columns = axisRuns(width, cover.x)
  const rows = axisRuns(height, cover.y)
  const probability = personProbability(shape)
  const picture = { data: new Float64Array(width * height), offset: 0, stride: width }

  return (values) => {
    for (const y of rows)
      for (const x of columns) {
        picture.offset = y.first * width + x.first
        probability(values, { x, y }, picture)
      }
    return { width, height, data: bytes(picture.data) }
  }
}

function bytes(probabilities: Float64Array): Uint8Array {
  const result = new Uint8Array(probabilities.length)
  probabilities.forEach((probability, at) => {
    if (Number.isNaN(probability))
      throw new AppError(
        'bad-model',
        'the network answers with values that are not numbers',
        'Its weights are damaged, or it was trained too fast: use another network.',
      )
    result[at] = Math.round(255 * probability)
  })
  return result
}
