/**
 * @file Short convolutions from few products: evaluate both factors at as many points as the result
 * has numbers, multiply point by point, interpolate. Turned round (transposed) this is Winograd's
 * minimal filtering: Winograd, Arithmetic Complexity of Computations (1980); Lavin & Gray, Fast
 * Algorithms for Convolutional Neural Networks (CVPR 2016).
 */

type Matrix = readonly (readonly number[])[]

/** y = output · ((kernel · g) ∘ (input · d)) for one row of pixels d and one of taps g. */
export interface MinimalFiltering {
  /** `[points, pixels]` */
  input: Matrix
  /** `[points, taps]` */
  kernel: Matrix
  /** `[results, points]` */
  output: Matrix
}

/** Coefficients of ∏ (x − root), from the constant one up. */
function polynomial(roots: readonly number[]): number[] {
  let product = [1]
  for (const root of roots)
    product = [0, ...product].map((higher, power) => higher - root * (product[power] ?? 0))
  return product
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i)

/**
 * The matrices for `results` neighbouring results of `taps` taps from results + taps − 1 pixels.
 * The points are these `results + taps − 2` distinct numbers and infinity.
 */
export function minimalFiltering(
  results: number,
  taps: number,
  points: readonly number[],
): MinimalFiltering {
  const others = (k: number) => points.filter((_, l) => l !== k)
  const atInfinity = (length: number) => range(length).map((i) => (i === length - 1 ? 1 : 0))
  const scale = (k: number) =>
    others(k).reduce((product, point) => product * ((points[k] ?? 0) - point), 1)
  const powers = (k: number) => range(taps).map((power) => (points[k] ?? 0) ** power / scale(k))
  return {
    input: [...points.map((_, k) => [...polynomial(others(k)), 0]), polynomial(points)],
    kernel: [...points.map((_, k) => powers(k)), atInfinity(taps)],
    output: range(results).map((power) => [
      ...points.map((point) => point ** power),
      power === results - 1 ? 1 : 0,
    ]),
  }
}

/** A ⊗ A row by row: what A does to the rows of a picture and to its columns, in one matrix. */
export function kroneckerSquare(matrix: Matrix): { shape: [number, number]; data: Float32Array } {
  const columns = matrix[0]?.length ?? 0
  const rows = matrix.flatMap((down) =>
    matrix.map((across) => down.flatMap((a) => across.map((b) => a * b))),
  )
  return { shape: [rows.length, columns * columns], data: Float32Array.from(rows.flat()) }
}
