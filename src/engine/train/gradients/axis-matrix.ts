/**
 * @file Linear maps of single axes: resizing and average pooling map every axis by a constant matrix
 * of its own, and their gradients map back by the transposed ones.
 */
import { floatTensor } from '../../onnx/tensor.ts'
import type { GradientBuilder } from '../graph/gradient-builder.ts'

/** One axis of a linear map. */
export interface AxisMatrix {
  axis: number
  /** Sides of the mapped and of the original axis. */
  rows: number
  columns: number
  /** `[rows, columns]`: what the originals contribute to each mapped element. */
  weights: Float64Array
}

/** The matrix with these contributions, given as [original, weight] for each mapped element. */
export function axisMatrix(
  axis: number,
  { rows, columns }: { rows: number; columns: number },
  contributions: (row: number) => readonly (readonly [number, number])[],
): AxisMatrix {
  const weights = new Float64Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (const [column, weight] of contributions(row)) {
      const at = row * columns + column
      weights[at] = (weights[at] ?? 0) + weight
    }
  return { axis, rows, columns, weights }
}

function transposed({ rows, columns, weights }: AxisMatrix): Float32Array {
  return Float32Array.from(
    { length: weights.length },
    (_, i) => weights[(i % rows) * columns + Math.floor(i / rows)] ?? 0,
  )
}

/** One axis mapped back: the axis of side `rows` gets the side `columns`. */
function mapBack(build: GradientBuilder, value: string, matrix: AxisMatrix): string {
  const { axis, rows, columns, weights } = matrix
  const shape = build.shape(value)
  const result = shape.with(axis, columns)
  if (columns === 1 && weights.every((weight) => weight === 1))
    return build.reduceSum(value, [axis], true)
  const count = (sides: readonly number[]) => sides.reduce((a, b) => a * b, 1)
  const [outer, inner] = [count(shape.slice(0, axis)), count(shape.slice(axis + 1))]
  if (inner === 1) {
    const right = build.weight(floatTensor([rows, columns], Float32Array.from(weights)), 'matrix')
    return build.reshape(build.matMul(build.reshape(value, [outer, rows]), right), result)
  }
  const left = build.weight(floatTensor([columns, rows], transposed(matrix)), 'matrix')
  return build.reshape(build.matMul(left, build.reshape(value, [outer, rows, inner])), result)
}

/** The gradient of a value from the gradient of what the matrices made of it. */
export function mapAxesBack(
  build: GradientBuilder,
  dy: string,
  matrices: readonly AxisMatrix[],
): string {
  // The last axis first: its product is over the longest rows.
  return matrices.toReversed().reduce((value, matrix) => mapBack(build, value, matrix), dy)
}
