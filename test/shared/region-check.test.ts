import { describe, expect, test } from 'vitest'
import type { Point, Region } from '../../src/shared/region.ts'
import { checkRegion, checkRegions } from '../../src/shared/region-check.ts'
import { gridRegions } from '../../src/shared/region-grid.ts'
import { caught } from '../fixtures/caught.ts'
import fc from '../fixtures/fast-check.ts'

const size = { width: 320, height: 240 }

const region = (points: readonly Point[], name = 'bench 1'): Region => ({
  name,
  kind: 'count',
  group: null,
  colour: null,
  threshold: null,
  points: [...points],
})

const square: Point[] = [
  [10, 10],
  [50, 10],
  [50, 50],
  [10, 50],
]

describe('A region that can be counted in', () => {
  test.each<[string, Point[]]>([
    ['a square', square],
    [
      'the whole picture, rim included',
      [
        [0, 0],
        [320, 0],
        [320, 240],
        [0, 240],
      ],
    ],
    [
      'an arrow with corners to the inside',
      [
        [10, 10],
        [60, 40],
        [10, 70],
        [25, 40],
      ],
    ],
    [
      'a triangle that holds one pixel centre',
      [
        [4.4, 4.4],
        [4.7, 4.4],
        [4.4, 4.7],
      ],
    ],
    [
      'corners in line',
      [
        [10, 10],
        [30, 10],
        [50, 10],
        [50, 50],
      ],
    ],
  ])('passes unchanged: %s', (_, points) => {
    expect(checkRegion(region(points), size).points).toEqual(points)
  })

  test('may repeat points, as programs do that close their polygons', () => {
    const closed = [...square.slice(0, 2), [50, 10] as Point, ...square.slice(2), [10, 10] as Point]
    expect(checkRegion(region(closed), size).points).toEqual(square)
  })

  test('may be any cell of a grid', () => {
    expect(checkRegions(gridRegions(7, 3, size), size)).toHaveLength(21)
  })

  test('may be any star-shaped outline', () => {
    const radii = fc.array(fc.double({ min: 5, max: 100, noNaN: true }), {
      minLength: 3,
      maxLength: 12,
    })
    fc.assert(
      fc.property(radii, (lengths) => {
        const points = lengths.map((length, i): Point => {
          const angle = (2 * Math.PI * i) / lengths.length
          return [160 + length * Math.cos(angle), 120 + length * Math.sin(angle)]
        })
        expect(checkRegion(region(points), size).points).toHaveLength(points.length)
      }),
    )
  })
})

describe('A region is refused by name', () => {
  test.each<[string, Point[], string]>([
    ['no points', [], 'it has 0 different points, at least 3'],
    ['two points', square.slice(0, 2), 'it has 2 different points, at least 3'],
    [
      'two points, one of them repeated',
      [
        [1, 1],
        [9, 9],
        [1, 1],
      ],
      'it has 2 different points',
    ],
    [
      'an outline that crosses itself',
      [
        [10, 10],
        [50, 50],
        [50, 10],
        [10, 50],
      ],
      'the edges that begin at (10, 10) and at (50, 10) meet',
    ],
    [
      'an outline that touches itself',
      [
        [10, 10],
        [90, 10],
        [90, 50],
        [50, 10],
        [10, 50],
      ],
      'crosses or touches itself',
    ],
    [
      'an outline that returns on itself',
      [
        [10, 10],
        [50, 10],
        [30, 10],
        [30, 50],
      ],
      'crosses or touches itself',
    ],
    [
      'no area',
      [
        [10, 10],
        [50, 10],
        [90, 10],
      ],
      'it has no area: its points lie in line',
    ],
    [
      'too little area',
      [
        [10.6, 10.6],
        [10.9, 10.6],
        [10.9, 10.9],
      ],
      'no pixel centre lies inside',
    ],
    [
      'a place outside the picture',
      [
        [400, 10],
        [450, 10],
        [450, 50],
      ],
      'entirely outside the picture of 320x240, at (400, 10)',
    ],
    [
      'a corner outside the picture',
      [
        [300, 10],
        [320.5, 10],
        [300, 50],
      ],
      'partly outside the picture of 320x240, at (320.5, 10)',
    ],
    [
      'a number that is none',
      [
        [10, 10],
        [50, Number.NaN],
        [10, 50],
      ],
      'point 2 is (50, NaN)',
    ],
    [
      'infinity',
      [
        [10, 10],
        [50, 10],
        [Number.POSITIVE_INFINITY, 50],
      ],
      'point 3 is (Infinity, 50)',
    ],
  ])('for %s', (_, points, message) => {
    const error = caught(() => checkRegions([region(square, 'other'), region(points)], size))
    expect(error.code).toBe('bad-region')
    expect(error.message).toMatch(/^region "bench 1": /)
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  test('that another one has as well', () => {
    const error = caught(() => checkRegions([region(square, 'a'), region(square, 'a')], size))
    expect([error.code, error.message]).toEqual([
      'bad-region',
      'region "a": there are two regions with this name',
    ])
  })
})
