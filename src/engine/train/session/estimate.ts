/** @file What a training will take, measured on two steps before it begins. */

import type { TrainingPosition } from '../checkpoints/training-state.ts'
import type { PartWork, Trainer } from '../trainer.ts'
import type { TrainEvent, TrainRequest } from '../types.ts'
import type { TrainingWork } from './training-work.ts'

export interface EstimateOptions {
  request: TrainRequest
  work: TrainingWork
  position: TrainingPosition
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

/**
 * Prepares and computes the next batch without using it; `left` are the iterations to come. Samples
 * of a bank are prepared once, the others for each iteration.
 */
export async function estimate(
  { request, work, position }: EstimateOptions,
  trainer: Trainer,
  partWork: PartWork,
  left: number,
): Promise<TrainEvent> {
  const { batch: size } = request.settings
  const preparing = await secondsOf(() => trainer.batch(partWork, position.done))
  const { samples, computer } = await trainer.batch(partWork, position.done)
  // The first one also takes memory from the system.
  await computer.compute(samples, { trial: true })
  const fallback = await work.fallback()
  const secondsPerStep = await secondsOf(() => computer.compute(samples, { trial: true }))
  const { bank } = partWork.part
  const made = bank === 0 ? left * size : Math.min(bank, left * size)
  const { device, reason, memoryBytes, freeBytes, parts: accumulate } = work
  return {
    kind: 'estimate',
    device,
    reason,
    fallback,
    secondsPerStep,
    totalSeconds: left * secondsPerStep + (made * preparing) / size,
    memoryBytes,
    freeBytes,
    batch: size,
    accumulate,
    parameters: work.parameters.reduce((sum, { data }) => sum + data.length, 0),
  }
}
