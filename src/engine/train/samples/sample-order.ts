/** @file Which samples an iteration takes: all in a drawn order, then all again in another one. */
import { drawsFor } from './draws.ts'

export interface SampleOrder {
  seed: number
  /** Painted frames. */
  originals: number
  /** Samples of an iteration. */
  batch: number
  /** Augmented samples that are used again and again; 0 = each is used once. */
  bank: number
}

/** The item at a position of rounds over `count` items, each round in an order of its own. */
function inRounds(
  position: number,
  count: number,
  seed: number,
  purpose: 'order' | 'bank',
): number {
  const round = Math.floor(position / count)
  return drawsFor(seed, purpose, round).permutation(count)[position % count] ?? 0
}

/** Numbers of the augmented samples of an iteration (from 0). */
export function samplesOf(iteration: number, { seed, batch, bank }: SampleOrder): number[] {
  const first = iteration * batch
  return Array.from({ length: batch }, (_, i) =>
    bank === 0 ? first + i : inRounds(first + i, bank, seed, 'bank'),
  )
}

/** The painted frame from which the augmented sample `number` is made. */
export function originalOf(number: number, { seed, originals }: SampleOrder): number {
  return inRounds(number, originals, seed, 'order')
}
