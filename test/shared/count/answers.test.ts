import { describe, expect, test } from 'vitest'
import { agreement, answerHistogram, bestThreshold } from '../../../src/shared/count/answers.ts'
import { seededUniform } from '../../../src/shared/count/random-table.ts'

const scores = Float64Array.of(0, 10, 20, 40, 60, 80, 200)
const answers = new Map([
  [1, false],
  [2, true],
  [3, false],
  [4, true],
  [6, true],
  // Beyond the run, as where it was cancelled.
  [99, true],
])

/** Frames that are occupied from a score of 50 on, but for a share that is the other way round. */
function noisyAnswers(count: number, wrong: number) {
  const uniform = seededUniform(5)
  const drawn = Float64Array.from({ length: count }, () => 100 * uniform())
  const said = new Map(
    Array.from(drawn, (score, at): [number, boolean] => [at, score > 50 !== uniform() < wrong]),
  )
  return { drawn, said }
}

describe('Scores against answers', () => {
  test('are told apart at a threshold, among what was reviewed', () => {
    expect(agreement(scores, answers, 30)).toEqual({
      ...{ tp: 2, fp: 1, fn: 1, tn: 1 },
      ...{ precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 },
    })
    // A score at the threshold is not above it.
    expect(agreement(scores, answers, 20)).toMatchObject({ tp: 2, fn: 1 })
    const nothing = { tp: 0, fp: 0, fn: 0, tn: 0, precision: null, recall: null, f1: null }
    expect(agreement(scores, new Map(), 30)).toEqual(nothing)
  })

  test('make a histogram in which every frame is once', () => {
    const { bounds, occupied, empty, unanswered } = answerHistogram(scores, answers, 4)
    expect(bounds[0]).toBe(0)
    expect(bounds[4]).toBeCloseTo(200, 9)
    const sum = (list: Uint32Array) => list.reduce((a, b) => a + b, 0)
    expect([sum(occupied), sum(empty), sum(unanswered)]).toEqual([3, 2, 2])
    // Scores of 10 and 20 share a bin, from 2.8 to 13 and from 13 to 52.
    expect([...empty]).toEqual([0, 1, 1, 0])
    expect([...occupied]).toEqual([0, 0, 1, 2])
    const none = answerHistogram(new Float64Array(3), new Map(), 2)
    expect([...none.unanswered]).toEqual([3, 0])
  })
})

describe('The best threshold', () => {
  test('lies in the middle of the gap between the answers', () => {
    const clear = new Map([
      [1, false],
      [2, false],
      [5, true],
      [6, true],
    ])
    expect(bestThreshold(scores, clear)).toMatchObject({
      ...{ threshold: 50, f1: 1, occupied: 2, empty: 2 },
    })
  })

  test('takes the widest of several gaps that are equally good', () => {
    const values = Float64Array.of(10, 20, 30, 70)
    const tied = new Map([
      [0, true],
      [1, false],
      [2, true],
      [3, true],
    ])
    // At 5: 3 right, 1 wrong. Nothing above is as good.
    expect(bestThreshold(values, tied)).toMatchObject({ threshold: 5, f1: 6 / 7 })
  })

  test('is unknown without answers of both kinds', () => {
    expect(bestThreshold(scores, new Map())).toBeNull()
    expect(bestThreshold(scores, new Map([[1, true]]))).toBeNull()
    expect(bestThreshold(scores, new Map([[1, false]]))).toBeNull()
  })

  test('is surer the more answers there are, and the same each time', () => {
    const widths = [40, 400, 4000].map((count) => {
      const { drawn, said } = noisyAnswers(count, 0.1)
      const best = bestThreshold(drawn, said)
      expect(bestThreshold(drawn, said)).toEqual(best)
      const { low = 0, high = 0, threshold = 0 } = best ?? {}
      expect(low).toBeLessThanOrEqual(threshold)
      expect(high).toBeGreaterThanOrEqual(threshold)
      return high - low
    })
    expect(widths).toEqual(widths.toSorted((a, b) => b - a))
    const { drawn, said } = noisyAnswers(4000, 0.1)
    expect(bestThreshold(drawn, said)?.threshold).toBeCloseTo(50, -1)
  })
})
