/** @file Small linear least squares. */

/** Keeps unknowns that no equation decides at 0, and is far below what the others need. */
const ridge = 1e-12

/**
 * Solves `rows · unknowns = targets` for the unknowns with the smallest sum of squared errors.
 * Weight an equation by multiplying both its sides.
 */
export function leastSquares(
  rows: readonly (readonly number[])[],
  targets: readonly number[],
): number[] {
  const count = rows[0]?.length ?? 0
  const augmented = Array.from({ length: count }, () => new Array<number>(count + 1).fill(0))
  rows.forEach((row, equation) => {
    const target = targets[equation] ?? 0
    augmented.forEach((sums, i) => {
      const factor = row[i] ?? 0
      row.forEach((value, j) => {
        sums[j] = (sums[j] ?? 0) + factor * value
      })
      sums[count] = (sums[count] ?? 0) + factor * target
    })
  })
  const largest = Math.max(...augmented.map((row, i) => row[i] ?? 0))
  augmented.forEach((row, i) => {
    row[i] = (row[i] ?? 0) + ridge * largest
  })
  return eliminated(augmented)
}

/** Solves `matrix · unknowns = right` for a positive definite matrix; null where it is not one. */
export function solvePositive(
  matrix: readonly (readonly number[])[],
  right: readonly number[],
): number[] | null {
  const solution = eliminated(matrix.map((row, i) => [...row, right[i] ?? 0]))
  return solution.every(Number.isFinite) ? solution : null
}

/** Gauss-Jordan elimination; the matrix is positive definite, so no pivoting is needed. */
function eliminated(rows: number[][]): number[] {
  rows.forEach((pivotRow, pivot) => {
    const divisor = pivotRow[pivot] ?? 1
    rows.forEach((row, i) => {
      if (i === pivot) return
      const factor = (row[pivot] ?? 0) / divisor
      row.forEach((value, j) => {
        row[j] = value - factor * (pivotRow[j] ?? 0)
      })
    })
  })
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1))
}
