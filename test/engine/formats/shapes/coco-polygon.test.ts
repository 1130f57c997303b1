import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  cocoBox,
  cocoPolygons,
  polygonRuns,
} from '../../../../src/engine/formats/shapes/coco-polygon.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { runArea, runBox, runLengthsOf } from '../../../../src/engine/formats/shapes/run-lengths.ts'
import { compressRuns } from '../../../../src/engine/formats/shapes/run-text.ts'
import { caught } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'
import { describeWithShared, sharedPath } from '../../../fixtures/shared.ts'
import { walkedPolygon } from '../../../fixtures/walked-polygon.ts'

const sizeSchema = z.tuple([z.number(), z.number()])
const goldenSchema = z.object({
  polygons: z.array(
    z.object({
      name: z.string(),
      size: sizeSchema,
      polygons: z.array(z.array(z.number())),
      compressed: z.string(),
      counts: z.array(z.number()),
      area: z.number(),
      bbox: z.array(z.number()),
    }),
  ),
  boxes_to_mask: z.object({
    size: sizeSchema,
    boxes: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
    compressed: z.array(z.string()),
    area: z.array(z.number()),
  }),
})

describeWithShared('pycocotools draws the same pixels', () => {
  const goldens = goldenSchema.parse(
    JSON.parse(readFileSync(sharedPath('goldens', 'metrics.json'), 'utf8')),
  )

  test.each(goldens.polygons.map((row) => [row.name, row] as const))('of polygon %s', (_, row) => {
    const size = { width: row.size[1], height: row.size[0] }
    const raster = cocoPolygons(row.polygons, size)
    const counts = runLengthsOf(raster, size)
    expect(counts).toEqual(row.counts)
    expect(compressRuns(counts)).toBe(row.compressed)
    expect([runArea(counts), rasterArea(raster)]).toEqual([row.area, row.area])
    const { x, y, width, height } = runBox(counts, size.height)
    expect([x, y, width, height]).toEqual(row.bbox)
  })

  const { boxes_to_mask: boxes } = goldens
  const size = { width: boxes.size[1], height: boxes.size[0] }
  test.each(boxes.boxes.map((box, i) => [box, i] as const))('of box %s', (box, i) => {
    const [x, y, width, height] = box
    const counts = runLengthsOf(cocoBox({ x, y, width, height }, size), size)
    expect(compressRuns(counts)).toBe(boxes.compressed[i])
    expect(runArea(counts)).toBe(boxes.area[i])
  })
})

const size = { width: 17, height: 12 }
const fine = fc.double({ min: -6, max: 24, noNaN: true })
/** On pixel edges, their middles and the fine grid: where roundings meet. */
const coarse = fc.integer({ min: -30, max: 120 }).map((value) => value / 5)
const polygon = fc.oneof(
  fc.array(fine, { minLength: 6, maxLength: 20 }),
  fc.array(coarse, { minLength: 6, maxLength: 20 }),
)

describe('A polygon', () => {
  test('has the run lengths that come of walking along its whole outline', () => {
    fc.assert(
      fc.property(polygon, (numbers) => {
        const points = numbers.slice(0, numbers.length - (numbers.length % 2))
        expect(polygonRuns(points, size)).toEqual(walkedPolygon(points, size))
      }),
      { numRuns: 1000 },
    )
  })

  test('that reaches far beyond the picture is drawn at once', () => {
    const far = 2e8
    const covered = cocoPolygons([[-far, -far, far, -far, far, far, -far, far]], size)
    expect(rasterArea(covered)).toBe(size.width * size.height)
  })

  test.each([3e8, -3e8, Number.NaN, Number.POSITIVE_INFINITY])(
    'with a corner at %s is refused',
    (corner) => {
      const error = caught(() => polygonRuns([1, 1, 5, corner, 5, 5], size))
      expect(error.code).toBe('bad-dataset')
    },
  )

  test('counts once where polygons of one thing overlap, and no polygons are no pixels', () => {
    const square = [2, 2, 8, 2, 8, 8, 2, 8]
    expect(rasterArea(cocoPolygons([square, square], size))).toBe(36)
    expect(rasterArea(cocoPolygons([], size))).toBe(0)
  })
})
