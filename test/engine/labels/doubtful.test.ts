import { describe, expect, test } from 'vitest'
import {
  doubtDistance,
  type ReviewChoice,
  type ReviewedRegion,
  reviewList,
} from '../../../src/engine/labels/doubtful.ts'
import fc from '../../fixtures/fast-check.ts'

const bench: ReviewedRegion = {
  name: 'bench',
  scores: [0, 40, 49, 51, 52, 300, 60],
  threshold: 50,
  marks: new Map([[3, true]]),
}
const all: ReviewChoice = { limit: 100, apart: 1, reviewed: true }
const positions = (choice: ReviewChoice, ...regions: ReviewedRegion[]) =>
  reviewList(regions, choice).map(({ position }) => position)

describe('The review list', () => {
  test('begins with the frames closest to the threshold, by ratio', () => {
    expect(positions(all, bench)).toEqual([3, 2, 4, 6, 1, 5, 0])
    expect(doubtDistance(101, 50)).toBeCloseTo(doubtDistance(24.5, 50), 12)
  })

  test('leaves out what is reviewed, unless it is asked for', () => {
    expect(positions({ ...all, reviewed: false }, bench)).toEqual([2, 4, 6, 1, 5, 0])
    expect(reviewList([bench], all)[0]).toMatchObject({ region: 'bench', mark: true, score: 51 })
  })

  test('holds no neighbours of a listed frame of the same region', () => {
    const other = { ...bench, name: 'door', scores: [0, 0, 0, 50], marks: new Map() }
    expect(positions({ ...all, apart: 3 }, bench, other)).toEqual([3, 3, 6, 0, 0])
  })

  test('mixes the regions by doubt, each with its own threshold', () => {
    const strict = { ...bench, name: 'strict', scores: [300, 305], threshold: 300 }
    const list = reviewList([bench, strict], { ...all, limit: 3 })
    expect(list.map(({ region, position }) => [region, position])).toEqual([
      ['strict', 0],
      ['strict', 1],
      ['bench', 3],
    ])
  })

  test('is ordered and short enough whatever the scores', () => {
    const scores = fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { maxLength: 60 })
    fc.assert(
      fc.property(
        scores,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 9 }),
        (values, limit, apart) => {
          const region = { ...bench, scores: values }
          const list = reviewList([region], { limit, apart, reviewed: true })
          expect(list.length).toBeLessThanOrEqual(limit)
          const distances = list.map(({ distance }) => distance)
          expect(distances).toEqual(distances.toSorted((a, b) => a - b))
          const sorted = list.map(({ position }) => position).sort((a, b) => a - b)
          for (const [index, position] of sorted.slice(1).entries())
            expect(position - (sorted[index] ?? 0)).toBeGreaterThanOrEqual(apart)
          // Nothing that was left out is more doubtful than the last one listed, save by nearness.
          const worst = distances.at(-1) ?? Number.POSITIVE_INFINITY
          const open = values.flatMap((value, position) =>
            sorted.some((other) => Math.abs(other - position) < apart)
              ? []
              : [doubtDistance(value, region.threshold)],
          )
          if (list.length < limit) expect(open).toEqual([])
          else for (const distance of open) expect(distance).toBeGreaterThanOrEqual(worst)
        },
      ),
    )
  })
})
