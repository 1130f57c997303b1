/** @file Exact distances to a set of pixels. */
import type { Size } from '../../../../shared/recipe.ts'

const far = 1e9

/**
 * Squared Euclidean distance from the middle of each pixel to that of the nearest one that `isSource`
 * accepts; very large where there is none. `[height, width]`. Felzenszwalb and Huttenlocher 2012,
 * "Distance Transforms of Sampled Functions": lower envelope of parabolas, columns first.
 */
export function squaredDistances(
  { width, height }: Size,
  isSource: (x: number, y: number) => boolean,
): Float32Array {
  const distances = new Float32Array(width * height)
  const line = new Envelope(Math.max(width, height))
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line.values[y] = isSource(x, y) ? 0 : far
    line.transform(height, (y, value) => {
      distances[y * width + x] = value
    })
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) line.values[x] = distances[y * width + x] ?? far
    line.transform(width, (x, value) => {
      distances[y * width + x] = value
    })
  }
  return distances
}

/** The transform of one line, with the arrays that it works in. */
class Envelope {
  readonly values: Float64Array
  readonly #places: Int32Array
  readonly #borders: Float64Array

  constructor(length: number) {
    this.values = new Float64Array(length)
    this.#places = new Int32Array(length)
    this.#borders = new Float64Array(length + 1)
  }

  transform(length: number, write: (at: number, value: number) => void): void {
    const { values } = this
    const places = this.#places
    const borders = this.#borders
    const value = (i: number): number => values[i] ?? far
    let last = 0
    places[0] = 0
    borders[0] = Number.NEGATIVE_INFINITY
    borders[1] = Number.POSITIVE_INFINITY
    for (let q = 1; q < length; q++) {
      let border = this.#meeting(q, places[last] ?? 0)
      while (border <= (borders[last] ?? 0)) border = this.#meeting(q, places[--last] ?? 0)
      places[++last] = q
      borders[last] = border
      borders[last + 1] = Number.POSITIVE_INFINITY
    }
    for (let q = 0, k = 0; q < length; q++) {
      while ((borders[k + 1] ?? 0) < q) k++
      const place = places[k] ?? 0
      write(q, Math.min(far, (q - place) ** 2 + value(place)))
    }
  }

  /** Where the parabolas of two places meet. */
  #meeting(q: number, place: number): number {
    const { values } = this
    const a = (values[q] ?? far) + q * q
    const b = (values[place] ?? far) + place * place
    return (a - b) / (2 * (q - place))
  }
}
