import { describe, expect, test } from 'vitest'
import { kroneckerSquare, minimalFiltering } from '../../../src/engine/onnx/toom-cook.ts'

const times = (matrix: readonly (readonly number[])[], vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0))

describe('Minimal filtering', () => {
  test.each([
    [2, 3, [0, 1, -1]],
    [4, 3, [0, 1, -1, 2, -2]],
    [4, 3, [0, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT2, -Math.SQRT2]],
    [3, 5, [0, 1, -1, 0.5, -2, 3]],
  ])('computes %d results of %d taps as a correlation does, at the points %j', (m, taps, at) => {
    const { input, kernel, output } = minimalFiltering(m, taps, at)
    const pixels = Array.from({ length: m + taps - 1 }, (_, i) => Math.sin(1 + 3 * i))
    const weights = Array.from({ length: taps }, (_, i) => Math.cos(2 + 5 * i))
    const transformed = times(kernel, weights)
    const products = times(input, pixels).map((value, i) => value * (transformed[i] ?? 0))
    const expected = Array.from({ length: m }, (_, i) =>
      weights.reduce((sum, weight, tap) => sum + weight * (pixels[i + tap] ?? 0), 0),
    )
    for (const [i, value] of times(output, products).entries())
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 12)
  })

  test('for two results of three taps has the matrices that Lavin and Gray print', () => {
    const { input, output } = minimalFiltering(2, 3, [0, 1, -1])
    // Up to the sign of a row, which theirs has in the kernel.
    expect(input.map((row) => row.map(Math.abs))).toEqual([
      [1, 0, 1, 0],
      [0, 1, 1, 0],
      [0, 1, 1, 0],
      [0, 1, 0, 1],
    ])
    expect(output).toEqual([
      [1, 1, 1, 0],
      [0, 1, -1, 1],
    ])
  })

  test('works on rows and columns at once by a Kronecker square', () => {
    const { shape, data } = kroneckerSquare([
      [1, 2],
      [0, 3],
      [5, 0],
    ])
    expect(shape).toEqual([9, 4])
    expect([...data.subarray(0, 8)]).toEqual([1, 2, 2, 4, 0, 3, 0, 6])
  })
})
