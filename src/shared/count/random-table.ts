/** @file Numbers as if by chance, always the same: what is worked out from them does not jitter. */

/** Seeds that follow each other begin far apart: the end of MurmurHash3. */
function scattered(seed: number): number {
  let state = seed >>> 0
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return (state ^ (state >>> 16)) >>> 0
}

/** Mulberry32: uniform in [0, 1), the same series for the same seed. */
export function seededUniform(seed: number): () => number {
  let state = scattered(seed)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Standard normal, from pairs of uniform numbers (Box and Muller 1958). */
export function seededNormal(seed: number): () => number {
  const uniform = seededUniform(seed)
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

export function table(length: number, next: () => number): Float64Array {
  return Float64Array.from({ length }, next)
}
