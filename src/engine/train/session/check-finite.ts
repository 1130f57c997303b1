/** @file Stops a training whose numbers have left the range of numbers. */
import { AppError } from '../../../shared/errors.ts'
import type { Parameter } from '../graph/trainable-network.ts'

/** Whether all elements are finite: the product of 0 and any other is not 0. */
function allFinite(data: Float32Array): boolean {
  let sum = 0
  for (let i = 0; i < data.length; i++) sum += 0 * (data[i] ?? 0)
  return sum === 0
}

export interface StepNumbers {
  /** From 1. */
  step: number
  loss: number
  /** In the order of the parameters. */
  gradients: readonly Float32Array[]
  parameters: readonly Parameter[]
  /** The largest learning rate of the training. */
  rate: number
}

/**
 * Throws `training-diverged` with the step, and the weight whose gradient is not finite, before such
 * numbers reach the weights.
 */
export function checkFinite({ step, loss, gradients, parameters, rate }: StepNumbers): void {
  const broken = parameters.find((_, i) => !allFinite(gradients[i] ?? new Float32Array()))
  if (Number.isFinite(loss) && !broken) return
  const problems = [
    ...(Number.isFinite(loss) ? [] : [`the loss is ${loss}`]),
    ...(broken ? [`the gradient of '${broken.name}' is not finite`] : []),
  ]
  throw diverged(step, problems.join(', '), rate)
}

/** The same for the weights themselves, after the last step, which no loss looks at any more. */
export function checkWeights({
  step,
  parameters,
  rate,
}: Omit<StepNumbers, 'loss' | 'gradients'>): void {
  const broken = parameters.find(({ data }) => !allFinite(data))
  if (broken) throw diverged(step, `the weight '${broken.name}' is not finite`, rate)
}

function diverged(step: number, problem: string, rate: number): AppError {
  return new AppError(
    'training-diverged',
    `training broke down in step ${step}: ${problem}`,
    `Train with a lower learning rate, such as ${Number((rate / 10).toPrecision(2))}. The last checkpoint is kept.`,
  )
}
