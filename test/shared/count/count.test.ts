import { describe, expect, test } from 'vitest'
import { shapeHash, shapesOf } from '../../../src/engine/count/shape.ts'
import { countGroups, countRun, type RegionScores } from '../../../src/shared/count/count.ts'
import { checkRule, cutIndex, defaultRule } from '../../../src/shared/count/rule.ts'
import { toEvents } from '../../../src/shared/count/stretches.ts'
import { cuts } from '../../../src/shared/count/types.ts'
import type { Point } from '../../../src/shared/region.ts'
import { caught } from '../../fixtures/caught.ts'

const rule = { threshold: 50, cut: 0.5, enter: 0, leave: 0 }

const region = (sums: number[], fields: Partial<RegionScores> = {}): RegionScores => ({
  sums: Float64Array.from(sums),
  threshold: null,
  group: null,
  ...fields,
})

describe('a count', () => {
  test('says how many frames are occupied, their share, and in which stretches', () => {
    const [count] = countRun([region([0, 60, 70, 0, 0, 80, 0, 0])], rule)
    expect(count).toMatchObject({ frames: 8, occupied: 3, share: 3 / 8 })
    expect(toEvents(count?.stretches ?? new Uint32Array())).toEqual([
      { first: 1, last: 2 },
      { first: 5, last: 5 },
    ])
  })

  test('uses the threshold of a region where it has one of its own', () => {
    const sums = [10, 20, 60]
    const counts = countRun([region(sums), region(sums, { threshold: 15 })], rule)
    expect(counts.map(({ occupied }) => occupied)).toEqual([1, 2])
  })

  test('of no frames is none, not NaN', () => {
    expect(countRun([region([])], rule)).toMatchObject([{ occupied: 0, share: 0 }])
  })

  test('of a group holds the frames in which any of its regions is occupied', () => {
    const regions = [
      region([60, 60, 0, 0, 0], { group: 'bench' }),
      region([0, 60, 60, 0, 0], { group: 'bench' }),
      region([0, 0, 0, 0, 60]),
    ]
    const groups = countGroups(regions, countRun(regions, rule))
    expect([...groups.keys()]).toEqual(['bench'])
    expect(groups.get('bench')).toMatchObject({ occupied: 3, frames: 5 })
  })
})

describe('a rule', () => {
  test('by default is cut 0.5 and 50 px at 320x240, in proportion to the area elsewhere', () => {
    expect(defaultRule({ width: 320, height: 240 })).toEqual(rule)
    expect(defaultRule({ width: 640, height: 480 }).threshold).toBe(200)
  })

  test.each([
    ['threshold', Number.NaN, 'threshold must be a number, it is NaN'],
    ['threshold', -1, 'threshold must not be negative, it is -1'],
    ['threshold', Number.POSITIVE_INFINITY, 'threshold must be a number, it is Infinity'],
    ['enter', 1.5, 'enter must be a whole number of frames, it is 1.5'],
    ['leave', -3, 'leave must not be negative, it is -3'],
  ])('with %s %d is refused with its name', (key, value, message) => {
    expect(caught(() => countRun([], { ...rule, [key]: value }))).toMatchObject({
      code: 'bad-value',
      message,
    })
  })

  test.each([
    [0.52, 'The nearest is 0.5.'],
    [1, 'The nearest is 0.95.'],
    [-0.2, 'The nearest is 0.'],
    [Number.NaN, 'Give a number, such as 0.5.'],
  ])('with the cut %d is refused with the nearest that is stored', (cut, hint) => {
    expect(caught(() => cutIndex(cut))).toMatchObject({ code: 'bad-value', hint })
  })

  test('takes a cut that was computed, such as 0.1 + 0.2', () => {
    expect(cuts[cutIndex(0.1 + 0.2)]).toBe(0.3)
    expect(checkRule({ ...rule, cut: 0.1 + 0.2 }).cut).toBe(0.3)
  })
})

describe('a shape', () => {
  const size = { width: 100, height: 100 }
  const triangle: Point[] = [
    [0, 0],
    [10, 0],
    [0, 10],
  ]
  const square: Point[] = [
    [0, 0],
    [5, 0],
    [5, 5],
    [0, 5],
  ]
  const hashes = (regions: Parameters<typeof shapesOf>[0], picture = size) =>
    shapesOf(regions, picture).map(({ shape }) => shapeHash(shape))
  const counted = { kind: 'count', points: triangle } as const
  const ignored = { kind: 'ignore', points: square } as const
  const ignoredToo = { kind: 'ignore', points: triangle } as const

  test('is that of the regions that count; the order of ignore regions does not matter', () => {
    expect(hashes([counted, ignored, ignoredToo])).toHaveLength(1)
    expect(hashes([counted, ignored, ignoredToo])).toEqual(hashes([ignoredToo, counted, ignored]))
  })

  test('changes with its outline, with any ignore region, and with the size of the picture', () => {
    const all = [
      hashes([counted]),
      hashes([{ kind: 'count', points: square }]),
      hashes([counted, ignored]),
      hashes([counted, ignoredToo]),
      hashes([counted], { width: 200, height: 100 }),
    ].flat()
    expect(new Set(all).size).toBe(5)
  })
})
