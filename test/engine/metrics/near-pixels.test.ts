import { describe, expect, test } from 'vitest'
import { countNear } from '../../../src/engine/metrics/near-pixels.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomMask } from '../../fixtures/random-masks.ts'

describe('Pixels with a marked one near', () => {
  test('are those with one under the tolerance among all marked ones', () => {
    const tolerances = fc.oneof(
      fc.integer({ min: 1, max: 30 }),
      fc.double({ min: 0.1, max: 30, noNaN: true }),
    )
    fc.assert(
      fc.property(randomMask(), tolerances, ({ width, height, data }, tolerance) => {
        const all = Int32Array.from(data.keys())
        const sites = all.filter((pixel) => data[pixel])
        const expected = all.filter((a) =>
          sites.some((b) => {
            const across = (a % width) - (b % width)
            const down = Math.floor(a / width) - Math.floor(b / width)
            return across ** 2 + down ** 2 < tolerance ** 2
          }),
        )
        expect(countNear(all, data, { width, height }, tolerance)).toBe(expected.length)
      }),
      { numRuns: 300 },
    )
  })
})
