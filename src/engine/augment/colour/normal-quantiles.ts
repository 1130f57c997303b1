/**
 * @file The normal distribution by its quantiles: a table that evenly drawn 16 bits are looked up in.
 * It reaches to 4.3 deviations and costs a tenth of Box and Muller's logarithms and cosines.
 */

/** 0 … 65535 → the quantile at (i + 0.5) / 65536. */
export const quantileCount = 65536

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)

const middleAbove = [
  -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
  2.506628277459239,
]
const middleBelow = [
  -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972, -13.28068155288572,
  1,
]
const tailAbove = [
  -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
  4.374664141464968, 2.938163982698783,
]
const tailBelow = [
  0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1,
]
const tail = 0.02425

/**
 * The value below which a share of the standard normal distribution lies, 0 < share < 1, to 1.2e-9 of
 * it (Peter J. Acklam's rational approximation, 2003).
 */
export function normalQuantile(share: number): number {
  if (share > 1 - tail) return -normalQuantile(1 - share)
  if (share < tail) {
    const q = Math.sqrt(-2 * Math.log(share))
    return polynomial(tailAbove, q) / polynomial(tailBelow, q)
  }
  const q = share - 0.5
  return (q * polynomial(middleAbove, q * q)) / polynomial(middleBelow, q * q)
}

let table: Float32Array | null = null

/** The table, made at its first use. */
export function normalQuantiles(): Float32Array {
  table ??= Float32Array.from({ length: quantileCount }, (_, i) =>
    normalQuantile((i + 0.5) / quantileCount),
  )
  return table
}
