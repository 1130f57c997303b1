/** @file The highest of a series of values, no two of them close together. */

export interface SpacedChoice {
  /** How many at most. */
  limit: number
  /** Fewest positions between two that are chosen; neighbours look alike. */
  apart: number
  /** Values below are not chosen. */
  least: number
  /** Positions that are not chosen, nor what is close to them. */
  without: Iterable<number>
}

/** Positions by value, the highest first and equally high ones in order. */
export function spacedChoice(
  values: Float64Array,
  { limit, apart, least, without }: SpacedChoice,
): number[] {
  const near = new Uint8Array(values.length)
  const occupy = (position: number): void => {
    near.fill(1, Math.max(0, position - apart + 1), Math.max(0, position + apart))
  }
  for (const position of without) occupy(position)
  const at = (position: number): number => values[position] ?? 0
  const candidates: number[] = []
  for (let position = 0; position < values.length; position++)
    if (at(position) >= least && near[position] === 0) candidates.push(position)
  candidates.sort((a, b) => at(b) - at(a) || a - b)
  const chosen: number[] = []
  for (const position of candidates) {
    if (chosen.length >= limit) break
    if (near[position] !== 0) continue
    chosen.push(position)
    occupy(position)
  }
  return chosen
}
