/** @file Masks for bench/metrics.ts: discs and lozenges of 20 classes at places that a number decides. */
import type { ClassMask } from '../src/shared/mask.ts'
import type { Size } from '../src/shared/recipe.ts'

/** Whole numbers below `limit` that follow from a seed (Lehmer's generator). */
function numbers(seed: number): (limit: number) => number {
  let state = (seed * 48271 + 11) % 2147483647 || 1
  return (limit) => {
    state = (state * 48271) % 2147483647
    return state % limit
  }
}

/** A mask of six things, each moved by up to `shift` pixels from where it is without. */
export function drawnMask({ width, height }: Size, seed: number, shift = 0): ClassMask {
  const next = numbers(seed)
  const moves = numbers(seed + 1)
  const data = new Uint8Array(width * height)
  for (let thing = 0; thing < 6; thing++) {
    const index = 1 + next(thing < 3 ? 2 : 20)
    const isRound = next(2) === 0
    const radius = 3 + next(Math.floor(height / 5))
    const x = next(width) + (shift && moves(2 * shift + 1) - shift)
    const y = next(height) + (shift && moves(2 * shift + 1) - shift)
    for (let row = Math.max(0, y - radius); row < Math.min(height, y + radius); row++) {
      const down = Math.abs(row - y)
      const half = isRound ? Math.floor(Math.sqrt(radius ** 2 - down ** 2)) : radius - down
      data.fill(
        index,
        row * width + Math.max(0, x - half),
        row * width + Math.min(width, Math.max(0, x + half)),
      )
    }
  }
  return { width, height, data }
}
