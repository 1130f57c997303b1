/** @file What a few linear equations with a symmetric matrix need; `[n, n]`, row by row. */

/** The lower triangle L with L Lᵀ = the matrix, which is symmetric and positive definite. */
export function cholesky(matrix: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let row = 0; row < n; row++)
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column] ?? 0
      for (let k = 0; k < column; k++)
        sum -= (lower[row * n + k] ?? 0) * (lower[column * n + k] ?? 0)
      lower[row * n + column] =
        row === column ? Math.sqrt(sum) : sum / (lower[column * n + column] ?? 1)
    }
  return lower
}

/** Solves L x = b in place. */
export function solveLower(lower: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  for (let row = 0; row < n; row++) {
    let sum = vector[row] ?? 0
    for (let k = 0; k < row; k++) sum -= (lower[row * n + k] ?? 0) * (vector[k] ?? 0)
    vector[row] = sum / (lower[row * n + row] ?? 1)
  }
  return vector
}

/** Solves Lᵀ x = b in place. */
export function solveUpper(lower: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  for (let row = n - 1; row >= 0; row--) {
    let sum = vector[row] ?? 0
    for (let k = row + 1; k < n; k++) sum -= (lower[k * n + row] ?? 0) * (vector[k] ?? 0)
    vector[row] = sum / (lower[row * n + row] ?? 1)
  }
  return vector
}

/** The inverse of a symmetric, positive definite matrix. */
export function inverse(matrix: Float64Array, n: number): Float64Array {
  const lower = cholesky(matrix, n)
  const result = new Float64Array(n * n)
  for (let column = 0; column < n; column++) {
    const unit = new Float64Array(n)
    unit[column] = 1
    solveUpper(lower, solveLower(lower, unit))
    for (let row = 0; row < n; row++) result[row * n + column] = unit[row] ?? 0
  }
  return result
}

/** The inverse of Lᵀ: an upper triangle. */
export function inverseTransposed(lower: Float64Array, n: number): Float64Array {
  const result = new Float64Array(n * n)
  for (let column = 0; column < n; column++) {
    const unit = new Float64Array(n)
    unit[column] = 1
    solveUpper(lower, unit)
    for (let row = 0; row <= column; row++) result[row * n + column] = unit[row] ?? 0
  }
  return result
}

/** Matrix times vector. */
export function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length
  return vector.map((_, row) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += (matrix[row * n + k] ?? 0) * (vector[k] ?? 0)
    return sum
  })
}
