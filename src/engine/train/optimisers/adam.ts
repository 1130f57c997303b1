/**
 * @file Adam, AMSGrad and AdamW.
 * https://docs.pytorch.org/docs/stable/generated/torch.optim.Adam.html and AdamW.html
 */
import {
  checkRange,
  type FloatData,
  memoryAt,
  type OptimiserOptions,
  type UpdateRule,
} from './optimiser.ts'

interface Factors {
  /** Learning rate over the bias of the mean. */
  rate: number
  /** 1 over the square root of the bias of the mean of squares. */
  unbias: number
  epsilon: number
  beta1: number
  beta2: number
  /** Decay that is part of the loss: adds so much of the weight to its gradient. */
  decay: number
  /** Decay of the weight itself: what is left of it. */
  left: number
}

function adapt(
  weight: FloatData,
  gradient: FloatData,
  mean: FloatData,
  squares: FloatData,
  { rate, unbias, epsilon, beta1, beta2, decay, left }: Factors,
): void {
  const [take1, take2] = [1 - beta1, 1 - beta2]
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0
    const g = (gradient[i] ?? 0) + decay * w
    const m = beta1 * (mean[i] ?? 0) + take1 * g
    const v = beta2 * (squares[i] ?? 0) + take2 * g * g
    mean[i] = m
    squares[i] = v
    weight[i] = left * w - (rate * m) / (Math.sqrt(v) * unbias + epsilon)
  }
}

function adaptToLargest(
  weight: FloatData,
  gradient: FloatData,
  [mean, squares, largest]: readonly [FloatData, FloatData, FloatData],
  { rate, unbias, epsilon, beta1, beta2, decay, left }: Factors,
): void {
  const [take1, take2] = [1 - beta1, 1 - beta2]
  for (let i = 0; i < weight.length; i++) {
    const w = weight[i] ?? 0
    const g = (gradient[i] ?? 0) + decay * w
    const m = beta1 * (mean[i] ?? 0) + take1 * g
    const v = beta2 * (squares[i] ?? 0) + take2 * g * g
    const top = Math.max(largest[i] ?? 0, v)
    mean[i] = m
    squares[i] = v
    largest[i] = top
    weight[i] = left * w - (rate * m) / (Math.sqrt(top) * unbias + epsilon)
  }
}

/** Adam with weight decay as part of the loss (Adam's own, L2) or on the weights alone (AdamW). */
export function adam(options: OptimiserOptions, decays: 'loss' | 'weights'): UpdateRule {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, amsgrad = false } = options
  checkRange('the first beta', beta1, 1)
  checkRange('the second beta', beta2, 1)
  checkRange('epsilon', epsilon)
  return {
    memory: ['exp_avg', 'exp_avg_sq', ...(amsgrad ? ['max_exp_avg_sq'] : [])],
    weightDecay: decays === 'weights' ? 0.01 : 0,
    update: ({ rate, step, weightDecay, momentum: first = beta1 }) => {
      const factors = {
        rate: rate / (1 - first ** step),
        unbias: 1 / Math.sqrt(1 - beta2 ** step),
        epsilon,
        beta1: first,
        beta2,
        decay: decays === 'loss' ? weightDecay : 0,
        left: decays === 'weights' ? 1 - rate * weightDecay : 1,
      }
      return (weight, gradient, memory) => {
        const [mean, squares] = [memoryAt(memory, 0), memoryAt(memory, 1)]
        if (amsgrad) adaptToLargest(weight, gradient, [mean, squares, memoryAt(memory, 2)], factors)
        else adapt(weight, gradient, mean, squares, factors)
      }
    },
  }
}
