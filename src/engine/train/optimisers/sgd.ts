/** @file https://docs.pytorch.org/docs/stable/generated/torch.optim.SGD.html */
import { AppError } from '../../../shared/errors.ts'
import {
  checkRange,
  type FloatData,
  memoryAt,
  type OptimiserOptions,
  type UpdateRule,
} from './optimiser.ts'

interface Factors {
  rate: number
  decay: number
  /** Share of the old momentum that is kept, and of the gradient that is added. */
  keep: number
  take: number
  /** Of the momentum and of the gradient in the step. */
  fromMomentum: number
  fromGradient: number
}

function descend(weight: FloatData, gradient: FloatData, { rate, decay }: Factors): void {
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0
    weight[i] = w - rate * ((gradient[i] ?? 0) + decay * w)
  }
}

function descendWithMomentum(
  weight: FloatData,
  gradient: FloatData,
  momentum: FloatData,
  { rate, decay, keep, take, fromMomentum, fromGradient }: Factors,
): void {
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0
    const g = (gradient[i] ?? 0) + decay * w
    const m = keep * (momentum[i] ?? 0) + take * g
    momentum[i] = m
    weight[i] = w - rate * (fromMomentum * m + fromGradient * g)
  }
}

/** Stochastic gradient descent with momentum, dampening, Nesterov's step and weight decay. */
export function sgd(options: OptimiserOptions): UpdateRule {
  const { momentum = 0, dampening = 0, nesterov = false } = options
  checkRange('the momentum', momentum)
  if (nesterov && (momentum === 0 || dampening !== 0))
    throw new AppError('bad-value', 'Nesterov needs a momentum and no dampening')
  return {
    memory: momentum === 0 ? [] : ['momentum_buffer'],
    weightDecay: 0,
    update: ({ rate, step, weightDecay, momentum: moved = momentum }) => {
      const first = step === 1
      const factors = {
        rate,
        decay: weightDecay,
        keep: first ? 0 : moved,
        take: first ? 1 : 1 - dampening,
        fromMomentum: nesterov ? moved : 1,
        fromGradient: nesterov ? 1 : 0,
      }
      if (momentum === 0) return (weight, gradient) => descend(weight, gradient, factors)
      return (weight, gradient, memory) =>
        descendWithMomentum(weight, gradient, memoryAt(memory, 0), factors)
    },
  }
}
