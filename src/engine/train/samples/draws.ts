/** @file What is drawn by lot in a training: every draw is a function of seed, purpose and number. */
import { type Random, randomFor } from './random.ts'

/** Each purpose has draws of its own, so that none disturbs another. */
const purposes = { order: 1, bank: 2, sample: 3, scale: 4, weights: 5 } as const

/**
 * The chance for the draw `number` of a purpose. It does not depend on what was drawn before, so that
 * a training that goes on after a break draws what it would have drawn without one.
 */
export function drawsFor(seed: number, purpose: keyof typeof purposes, number: number): Random {
  return randomFor(seed, purposes[purpose], number)
}
