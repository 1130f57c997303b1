/** @file Repeatable chance: everything random in the sample comes from one seed through here. */

/** A source of numbers in [0, 1) with the few draws the sample needs. */
export interface Random {
  next(): number
  between(low: number, high: number): number
  /** A whole number, 0 <= n < count. */
  below(count: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly Item[]): Item
  /** An independent source for a part of the work, so that parts do not disturb each other. */
  fork(): Random
}

/**
 * Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, passes gjrand and PractRand's
 * small tests; https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const next = (): number => bits() / 4294967296
  const below = (count: number): number => Math.floor(next() * count)
  return {
    next,
    below,
    between: (low, high) => low + next() * (high - low),
    chance: (probability) => next() < probability,
    pick: (items) => {
      const item = items[below(items.length)]
      if (item === undefined) throw new RangeError('nothing to pick from')
      return item
    },
    fork: () => randomFrom(bits()),
  }
}

/** A scrambled 32-bit number for a point of a lattice: the same point always gives the same one. */
export function hash(x: number, y: number, z = 0): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(z, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
