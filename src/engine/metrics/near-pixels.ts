/**
 * @file Which pixels have a marked one near, exactly. As in P. Felzenszwalb, D. Huttenlocher, "Distance
 * Transforms of Sampled Functions", Theory of Computing 8 (2012), https://doi.org/10.4086/toc.2012.v008a019,
 * the squared distance is the smallest (x − x′)² + (distance within column x′)². Where only distances
 * below a tolerance matter, no more than the columns within its reach have to be looked at, and only
 * for the pixels that are asked about: no lower envelope is needed.
 */
import type { Size } from '../../shared/recipe.ts'

/** For each pixel the distance to the nearest marked one in its column, at most `limit`. */
function columnDistances(marked: Uint8Array, width: number, limit: number): Uint16Array {
  const distances = new Uint16Array(marked.length)
  for (let pixel = 0; pixel < marked.length; pixel++) {
    const above = pixel < width ? limit : (distances[pixel - width] ?? 0) + 1
    distances[pixel] = marked[pixel] ? 0 : above < limit ? above : limit
  }
  for (let pixel = marked.length - width - 1; pixel >= 0; pixel--) {
    const below = (distances[pixel + width] ?? 0) + 1
    if (below < (distances[pixel] ?? 0)) distances[pixel] = below
  }
  return distances
}

/**
 * How many of `positions` have a marked pixel nearer than `tolerance`, from centre to centre.
 * @param marked `[height, width]`, 0 = not marked
 * @param tolerance in pixels, up to 65,535
 */
export function countNear(
  positions: Int32Array,
  marked: Uint8Array,
  { width }: Size,
  tolerance: number,
): number {
  const limit = Math.ceil(tolerance)
  const distances = columnDistances(marked, width, limit)
  const isNear = (position: number): boolean => {
    const x = position % width
    const end = position - x + Math.min(width, x + limit)
    for (let at = position - Math.min(x, limit - 1); at < end; at++) {
      const across = at - position
      const down = distances[at] ?? limit
      if (across * across + down * down < tolerance * tolerance) return true
    }
    return false
  }
  let count = 0
  for (const position of positions) if (isNear(position)) count++
  return count
}
