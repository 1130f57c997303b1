import { describe, expect, test } from 'vitest'
import type { PixelSpans } from '../../src/shared/pixel-spans.ts'
import type { Size } from '../../src/shared/recipe.ts'
import type { Point, Region } from '../../src/shared/region.ts'
import { gridRegions } from '../../src/shared/region-grid.ts'
import { countSpans, rasterise } from '../../src/shared/region-raster.ts'
import fc from '../fixtures/fast-check.ts'

const size: Size = { width: 40, height: 30 }

/** How often each pixel is in the sets, `[height, width]`. */
function cover(sets: readonly PixelSpans[], { width, height }: Size): number[] {
  const counts = new Array<number>(width * height).fill(0)
  for (const { spans } of sets)
    for (let i = 0; i < spans.length; i += 3)
      for (let column = spans[i + 1] ?? 0; column < (spans[i + 2] ?? 0); column++) {
        const at = (spans[i] ?? 0) * width + column
        counts[at] = (counts[at] ?? 0) + 1
      }
  return counts
}

/**
 * How often a ray to the right from a pixel's centre crosses the outline: odd means inside. Every edge
 * is taken from its upper end: an edge there and back crosses at one place, however numbers are rounded.
 */
function isCentreInside(points: readonly Point[], column: number, row: number): boolean {
  const [x, y] = [column + 0.5, row + 0.5]
  let crossings = 0
  points.forEach((point, i) => {
    const next = points[(i + 1) % points.length] ?? point
    const [[x1, y1], [x2, y2]] = point[1] < next[1] ? [point, next] : [next, point]
    if (y1 <= y && y < y2 && x1 + (y - y1) * ((x2 - x1) / (y2 - y1)) > x) crossings++
  })
  return crossings % 2 === 1
}

const coordinate = (limit: number) => fc.double({ min: -5, max: limit + 5, noNaN: true })
const point = fc.tuple(coordinate(size.width), coordinate(size.height))
/** Coordinates on a coarse raster: many on pixel centres, on edges of pixels and on one line. */
const coarse = fc
  .tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 60 }))
  .map(([x, y]): Point => [x / 2, y / 2])

describe('A polygon has the pixels whose centres lie inside', () => {
  test('and none where its outline only goes there and back', () => {
    const there: Point = [44.9999999999997, 34.99999999999976]
    expect(rasterise([[0, 0], there, [0, 0]], size).area).toBe(0)
  })

  test('whatever its shape, crossing itself and leaving the picture', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 3, maxLength: 9 }), (points) => {
        const expected = Array.from({ length: size.width * size.height }, (_, at) =>
          isCentreInside(points, at % size.width, Math.floor(at / size.width)) ? 1 : 0,
        )
        expect(cover([rasterise(points, size)], size)).toEqual(expected)
      }),
    )
  })

  test('counted in `area`, in spans that are sorted and apart', () => {
    fc.assert(
      fc.property(fc.array(coarse, { minLength: 3, maxLength: 9 }), (points) => {
        const { spans, area } = rasterise(points, size)
        let [pixels, before] = [0, -1]
        for (let i = 0; i < spans.length; i += 3) {
          const [row = 0, first = 0, end = 0] = spans.subarray(i, i + 3)
          expect(row * size.width + first).toBeGreaterThanOrEqual(before)
          expect(first).toBeLessThan(end)
          before = row * size.width + end
          pixels += end - first
        }
        expect(area).toBe(pixels)
      }),
    )
  })

  test('whichever way round and from whichever corner it is drawn', () => {
    fc.assert(
      fc.property(fc.array(coarse, { minLength: 3, maxLength: 9 }), fc.nat(8), (points, start) => {
        const turned = [...points.slice(start), ...points.slice(0, start)].reverse()
        expect(rasterise(turned, size)).toEqual(rasterise(points, size))
      }),
    )
  })

  test('half-open: a square on pixel centres has its left and upper ones', () => {
    const square: Point[] = [
      [2.5, 3.5],
      [5.5, 3.5],
      [5.5, 5.5],
      [2.5, 5.5],
    ]
    expect([...rasterise(square, size).spans]).toEqual([3, 2, 5, 4, 2, 5])
  })
})

describe('Polygons that share an edge', () => {
  const corners: Point[] = [
    [0, 0],
    [size.width, 0],
    [size.width, size.height],
    [0, size.height],
  ]

  test('share no pixel along it and lose none', () => {
    fc.assert(
      fc.property(fc.oneof(coarse, point), (raw) => {
        const middle: Point = [Math.min(39, Math.max(1, raw[0])), Math.min(29, Math.max(1, raw[1]))]
        const triangles = corners.map((corner, i) =>
          rasterise([corner, corners[(i + 1) % 4] ?? corner, middle], size),
        )
        expect(new Set(cover(triangles, size))).toEqual(new Set([1]))
      }),
    )
  })

  test.each([
    [4, 4, 320, 240],
    [4, 4, 500, 375],
    [3, 7, 101, 53],
    [1, 1, 64, 48],
    [5, 2, 33, 17],
  ])(
    'as the cells of a %dx%d grid do: each pixel of %dx%d is in one',
    (columns, rows, width, height) => {
      const cells = gridRegions(columns, rows, { width, height })
      const pixels = cells.map(({ points }) => rasterise(points, { width, height }))
      expect(cells).toHaveLength(columns * rows)
      expect(new Set(cover(pixels, { width, height }))).toEqual(new Set([1]))
    },
  )

  test('are named by row and column in a grid', () => {
    expect(gridRegions(3, 2, size).map(({ name }) => name)).toEqual([
      'r1c1',
      'r1c2',
      'r1c3',
      'r2c1',
      'r2c2',
      'r2c3',
    ])
  })
})

describe('Ignore regions', () => {
  const rectangle = (kind: Region['kind'], left: number, right: number): Region => ({
    name: `${kind} ${left}`,
    kind,
    group: null,
    colour: null,
    threshold: null,
    points: [
      [left, 0],
      [right, 0],
      [right, 10],
      [left, 10],
    ],
  })

  test('take their pixels from every count region, which may overlap each other', () => {
    const regions = [
      rectangle('count', 0, 20),
      rectangle('ignore', 8, 12),
      rectangle('count', 10, 30),
      rectangle('ignore', 11, 15),
    ]
    const [first, second, ...rest] = countSpans(regions, size)
    expect(rest).toEqual([])
    expect([first?.area, second?.area]).toEqual([130, 150])
    expect([...(first?.spans.subarray(0, 6) ?? [])]).toEqual([0, 0, 8, 0, 15, 20])
  })

  test('may leave nothing of a count region', () => {
    const [left] = countSpans([rectangle('count', 3, 9), rectangle('ignore', 0, 40)], size)
    expect(left).toEqual({ ...size, spans: new Int32Array(0), area: 0 })
  })
})
