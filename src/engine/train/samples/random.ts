/** @file Repeatable chance in training: everything random comes from a seed through here. */

/** A source of numbers whose whole state is one 32-bit number. */
export interface Random {
  /** 0 <= x < 1 */
  next(): number
  /** low <= x < high */
  between(low: number, high: number): number
  /** A whole number, 0 <= n < count. */
  below(count: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  /** From the normal distribution with mean 0 and deviation 1. */
  normal(): number
  /** 0 … count − 1 in random order. */
  permutation(count: number): number[]
  /** What `randomFrom` takes to go on from here. */
  readonly state: number
}

/** A source that starts, or goes on, from a state. */
export function randomFrom(state: number): Random {
  return new Mulberry(state >>> 0)
}

/**
 * A source of its own for each combination of numbers: for sample 17 of the purpose 3 of seed 1, say,
 * whatever was drawn before.
 */
export function randomFor(...numbers: readonly number[]): Random {
  return randomFrom(numbers.reduce((hash, number) => scramble(hash ^ number), 0x9e3779b9))
}

/** The finaliser of MurmurHash3 (Austin Appleby, public domain): every bit depends on every bit. */
function scramble(bits: number): number {
  let h = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Mulberry32 by Tommy Ettinger (public domain): passes gjrand and PractRand's small tests;
 * https://gist.github.com/tommyettinger/46a874533244883189143505d203312c
 */
class Mulberry implements Random {
  #state: number

  constructor(state: number) {
    this.#state = state
  }

  get state(): number {
    return this.#state
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** Box and Muller. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    return radius * Math.cos(2 * Math.PI * this.next())
  }

  /** Fisher and Yates. */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, index) => index)
    for (let last = count - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const moved = order[last] ?? last
      order[last] = order[other] ?? other
      order[other] = moved
    }
    return order
  }
}
