/** @file A finished training in a few numbers. */

import type { TrainingWork } from '../session/training-work.ts'
import type { TrainSummary } from '../types.ts'
import type { TrainingPosition } from './training-state.ts'

/** Losses of single batches jump; of so many at most, a mean is taken. */
const mostAveraged = 10

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The result of the training that has come to the end of its position. */
export function summary(
  { losses, stepSeconds, seconds }: TrainingPosition,
  { device, memoryBytes }: Pick<TrainingWork, 'device' | 'memoryBytes'>,
  { modelFolder, fallback }: Pick<TrainSummary, 'modelFolder' | 'fallback'>,
): TrainSummary {
  const averaged = Math.max(1, Math.min(mostAveraged, Math.floor(losses.length / 10)))
  return {
    modelFolder,
    iterations: losses.length,
    seconds,
    secondsPerStep: median(stepSeconds),
    loss: { first: mean(losses.slice(0, averaged)), last: mean(losses.slice(-averaged)) },
    device,
    fallback,
    memoryBytes,
  }
}
