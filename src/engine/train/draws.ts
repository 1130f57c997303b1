/** @file Chance in a training: every draw is a function of the seed, its purpose and a number. */
import { hash, type Random, randomFrom } from '../sample/random.ts'

export type { Random }

/** What is drawn; each purpose has draws of its own, so that none disturbs another. */
export const drawPurposes = { order: 1, sample: 2, scale: 3, weights: 4, 'self-training': 5 }

/**
 * A source of chance for the draw `number` of a purpose. It does not depend on what was drawn before:
 * a training that goes on after a break draws what it would have drawn without one.
 */
export function drawsFor(seed: number, purpose: keyof typeof drawPurposes, number: number): Random {
  return randomFrom(hash(seed, drawPurposes[purpose], number))
}

/** 0 … count - 1 in a drawn order (Fisher and Yates). */
export function shuffled(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const [a = 0, b = 0] = [order[i], order[j]]
    order[i] = b
    order[j] = a
  }
  return order
}
