/** @file The result of `evaluate`: a run against truth masks, in pixels and in occupied frames. */
import type { MaskClass } from '../../shared/mask.ts'
import type { PixelCounts } from '../metrics/confusion.ts'
import { type ClassScores, pixelScores } from '../metrics/pixel-scores.ts'
import { type Occupancy, occupancy, type RegionTruth, truthPixelsFor } from './occupancy.ts'

export interface EvaluationInput {
  /** Number of frames that have truth. */
  frames: number
  classes: readonly MaskClass[]
  pixels: PixelCounts
  regions: readonly RegionTruth[]
  /** The rule by which the run was counted, and what made the truth occupied; null = the threshold. */
  threshold: number
  cut: number
  truthPixels: number | null
}

export interface Evaluation {
  frames: number
  classes: ({ name: string } & ClassScores)[]
  meanIou: number | null
  pixelAccuracy: number | null
  /** Rows are truth, columns predictions, both in the order of `classes`. */
  confusion: number[][]
  occupancy: Occupancy & { threshold: number; cut: number; truthPixels: number }
}

/** Puts the numbers together; every value that has nothing to divide by is null. */
export function evaluation(input: EvaluationInput): Evaluation {
  const confusion = input.pixels.matrix(input.classes.map(({ index }) => index))
  const { classes, meanIou, pixelAccuracy } = pixelScores(confusion)
  const { threshold, cut } = input
  const truthPixels = truthPixelsFor(threshold, input.truthPixels)
  return {
    frames: input.frames,
    classes: input.classes.flatMap(({ name }, position) => {
      const scores = classes[position]
      return scores ? [{ name, ...scores }] : []
    }),
    meanIou,
    pixelAccuracy,
    confusion,
    occupancy: { threshold, cut, truthPixels, ...occupancy(input.regions) },
  }
}
