import { describe, expect, it } from 'vitest'
import {
  chartOf,
  decimated,
  figure,
  secondsText,
  smoothed,
  together,
} from '../../../src/renderer/src/train/curves.ts'
import { madeUpSteps } from '../../fixtures/made-up-page-training.ts'

const numbers = (length: number): number[] => Array.from({ length }, (_, at) => at)

describe('a smoothed curve', () => {
  it('leaves what does not change, from its first value on', () => {
    for (const value of smoothed([3, 3, 3, 3])) expect(value).toBeCloseTo(3)
  })

  it('follows a change slowly', () => {
    const [, ...later] = smoothed([0, 1, 1, 1, 1, 1, 1, 1])
    expect(later.every((value, at) => value > (later[at - 1] ?? 0) && value < 1)).toBe(true)
  })
})

describe('a decimated curve', () => {
  it('is as it was where it has few points', () => {
    const curve = { xs: [1, 2], ys: [5, 6] }
    expect(decimated(curve, 10)).toEqual(curve)
  })

  it.each([11, 100, 101, 399, 5000])('of %d points has at most ten, and ends where it did', (n) => {
    const { xs, ys } = decimated({ xs: numbers(n), ys: numbers(n).map((x) => 2 * x) }, 10)
    expect(xs.length).toBeLessThanOrEqual(10)
    expect(xs.length).toBe(ys.length)
    expect([xs.at(-1), ys.at(-1)]).toEqual([n - 1, 2 * (n - 1)])
    for (const [at, y] of ys.entries()) expect(y).toBeCloseTo(2 * (xs[at] ?? 0))
    expect(xs.every((x, at) => at === 0 || x > (xs[at - 1] ?? 0))).toBe(true)
  })
})

describe('a curve whose points lie closer together in its second half', () => {
  it('has as many points in both halves once it is decimated', () => {
    const sparse = Array.from({ length: 100 }, (_, at) => 10 * at)
    const dense = Array.from({ length: 1000 }, (_, at) => 1000 + at)
    const xs = [...sparse, ...dense]
    const decimatedXs = decimated({ xs, ys: xs }, 50).xs
    const firstHalf = decimatedXs.filter((x) => x < 1000)
    expect(Math.abs(firstHalf.length - decimatedXs.length / 2)).toBeLessThanOrEqual(1)
  })
})

describe('curves in one chart', () => {
  it('share their xs', () => {
    const data = together([
      { xs: [1, 3], ys: [10, 30] },
      { xs: [2, 3], ys: [200, 300] },
    ])
    expect(data.xs).toEqual([1, 2, 3])
    expect(data.rows).toEqual([
      [10, null, 30],
      [null, 200, 300],
    ])
  })

  it('are one line a part, and the steps behind the last one where they jump', () => {
    const part = (title: string) => {
      return { name: title, title, iterations: 9, steps: madeUpSteps(1, 9), looks: [] }
    }
    const toCome = { ...part('later'), steps: [] }
    const parts = [part('check'), part('train'), toCome]
    expect(chartOf(parts, 'loss').lines).toEqual([
      { title: 'check', tone: 'before' },
      { title: 'train', tone: 'steps' },
      { title: 'train', tone: 'now' },
    ])
    expect(chartOf(parts, 'learningRate').lines.map(({ tone }) => tone)).toEqual(['before', 'now'])
    expect(chartOf([], 'loss').data).toEqual({ xs: [], rows: [] })
  })
})

describe('a figure', () => {
  it('is in milliseconds where a step takes few of them', () => {
    expect([0.00346, 0.31, 2].map(secondsText)).toEqual(['3.46 ms', '0.31 s', '2 s'])
  })

  it('has three digits that say something', () => {
    expect([0.21449, 0.0003, 1234.5, 0].map(figure)).toEqual(['0.214', '0.0003', '1230', '0'])
  })
})
