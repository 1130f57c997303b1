import type { FloatData } from './optimiser.ts'

/** Euclidean norm of all gradients together; not finite when one of them is not. */
export function gradientNorm(gradients: readonly FloatData[]): number {
  let total = 0
  for (const gradient of gradients) {
    let sum = 0
    for (let i = 0; i < gradient.length; i++) {
      const value = gradient[i] ?? 0
      sum += value * value
    }
    total += sum
  }
  return Math.sqrt(total)
}

/**
 * Scales all gradients together, in place, so that their norm is at most `largest`, and returns the
 * norm they had. One that is not finite leaves them as they are.
 * As torch.nn.utils.clip_grad_norm_, whose divisor has 1e-6 added.
 */
export function clipGradients(gradients: readonly FloatData[], largest: number): number {
  const norm = gradientNorm(gradients)
  const factor = largest / (norm + 1e-6)
  if (!Number.isFinite(norm) || factor >= 1) return norm
  for (const gradient of gradients)
    for (let i = 0; i < gradient.length; i++) gradient[i] = (gradient[i] ?? 0) * factor
  return norm
}
