import { describe, expect, it } from 'vitest'
import { ScorePyramid } from '../../../src/renderer/src/review/timeline/pyramid.ts'
import fc from '../../fixtures/fast-check.ts'

/** Lowest and highest by looking at every score. */
function plainExtent(sums: Float64Array, from: number, to: number) {
  const part = [...sums.subarray(from, to)].map(Math.fround)
  return { low: Math.min(...part), high: Math.max(...part) }
}

const rounded = ({ low, high }: { low: number; high: number }) => ({
  low: Math.fround(low),
  high: Math.fround(high),
})

describe('the pyramid of scores', () => {
  it('knows lowest and highest of any stretch', () => {
    const scores = fc.array(fc.float({ min: 0, max: 5000, noNaN: true }), {
      minLength: 1,
      maxLength: 400,
    })
    fc.assert(
      fc.property(scores, fc.nat(399), fc.nat(399), (list, a, b) => {
        const sums = Float64Array.from(list)
        const from = Math.min(a, b, sums.length - 1)
        const to = Math.min(Math.max(a, b), sums.length - 1) + 1
        const found = new ScorePyramid(sums).extent(from, to)
        expect(found && rounded(found)).toEqual(plainExtent(sums, from, to))
      }),
    )
  })

  it('takes at most a quarter of the stretch beyond its ends where slack is allowed', () => {
    const sums = Float64Array.from({ length: 10_000 }, (_, i) => i)
    const pyramid = new ScorePyramid(sums)
    for (const [from, to] of [
      [17, 9000],
      [1001, 1101],
      [5, 12],
    ] as const) {
      const found = pyramid.extent(from, to, true)
      const room = (to - from) / 8
      expect(found?.low).toBeLessThanOrEqual(from)
      expect(found?.low).toBeGreaterThanOrEqual(from - room)
      expect(found?.high).toBeGreaterThanOrEqual(to - 1)
      expect(found?.high).toBeLessThan(to + room)
    }
  })

  it('has nothing beyond the scores that there are', () => {
    const pyramid = new ScorePyramid(Float64Array.from([1, 2, 3]))
    expect(pyramid.extent(3, 9)).toBeNull()
    expect(pyramid.extent(2, 9)).toEqual({ low: 3, high: 3 })
    expect(pyramid.highest).toBe(3)
    expect(new ScorePyramid(new Float64Array()).highest).toBe(0)
  })
})
