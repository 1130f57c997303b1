import { describe, expect, test } from 'vitest'
import type { SetObject } from '../../../src/engine/formats/annotated-set.ts'
import { joinRings, ringOf } from '../../../src/engine/formats/one-ring.ts'
import { shapesToPaint } from '../../../src/engine/formats/paint-order.ts'
import { paintedPicture } from '../../../src/engine/formats/painted-shapes.ts'
import { maskOfObjects, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { fillPolygon } from '../../../src/engine/formats/shapes/fill-polygon.ts'
import { sameRaster } from '../../../src/engine/formats/shapes/raster.ts'
import { traceOutline } from '../../../src/engine/formats/shapes/trace-outline.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { imageOf } from '../../fixtures/annotated-sets.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomMask, randomRaster, wholePicture } from '../../fixtures/random-masks.ts'

/** A mask, and objects of other masks as far as they lie within it. */
const pictures = fc
  .tuple(randomMask({ classes: 4, ignore: true }), fc.array(randomRaster(), { maxLength: 4 }))
  .map(([mask, others]): { mask: ClassMask; objects: SetObject[] } => {
    const fitting = others.filter(
      ({ raster }) =>
        raster.data.includes(1) &&
        raster.x + raster.width <= mask.width &&
        raster.y + raster.height <= mask.height,
    )
    return { mask, objects: fitting.map(({ raster }, i) => objectOf(1 + (i % 3), raster)) }
  })

describe('Shapes to paint', () => {
  test('give the mask, whatever the objects are', () => {
    fc.assert(
      fc.property(pictures, ({ mask, objects }) => {
        const shapes = shapesToPaint(imageOf('a', mask, { mask, objects }))
        expect(maskOfObjects(mask, shapes)).toEqual(mask)
      }),
      { numRuns: 300 },
    )
  })

  test('are the objects themselves where these give the mask', () => {
    fc.assert(
      fc.property(pictures, ({ mask, objects }) => {
        const drawn = maskOfObjects(mask, objects)
        expect(shapesToPaint(imageOf('a', mask, { mask: drawn, objects }))).toEqual(objects)
        expect(shapesToPaint(imageOf('a', mask, { objects }))).toBe(objects)
      }),
    )
  })

  test('are read back as the same mask', () => {
    fc.assert(
      fc.property(pictures, ({ mask, objects }) => {
        const shapes = shapesToPaint(imageOf('a', mask, { mask, objects }))
        const painted = shapes.map((object) => ({ object, group: null }))
        const read = paintedPicture(painted, mask)
        expect(read.mask ?? maskOfObjects(mask, read.objects)).toEqual(mask)
      }),
    )
  })

  test('leave objects as marked that the mask still has, and cut the others', () => {
    const square = { width: 2, height: 2, data: Uint8Array.of(1, 1, 1, 1) }
    const outline = [[0, 0, 2, 0, 2, 2, 0, 2]]
    const objects = [
      objectOf(1, { x: 0, y: 0, ...square }, { outline }),
      objectOf(1, { x: 3, y: 0, ...square }, { boxOnly: true, crowd: true }),
      objectOf(2, { x: 3, y: 2, ...square }),
    ]
    const mask = drawnMask('11.1. 11.11 x.... .....')
    const [first, second, ...rest] = shapesToPaint(imageOf('a', mask, { mask, objects }))
    expect(first).toBe(objects[0])
    expect(second).toMatchObject({ classIndex: 1, boxOnly: false, crowd: true, outline: null })
    expect(rest.map(({ classIndex }) => classIndex)).toEqual([255])
  })
})

describe('One ring for an object', () => {
  test('has the same fill as all rings of any outline', () => {
    fc.assert(
      fc.property(randomRaster(), ({ size, raster }) => {
        const ring = joinRings(traceOutline(raster))
        expect(wholePicture(fillPolygon([ring], size), size)).toEqual(wholePicture(raster, size))
      }),
      { numRuns: 300 },
    )
  })

  test('is the marked one where that gives the pixels, and otherwise follows them', () => {
    const size = { width: 9, height: 9 }
    const marked = [0.25, 0.5, 7.75, 1.5, 3.5, 8.25]
    const raster = fillPolygon([marked], size)
    expect(ringOf(objectOf(1, raster, { outline: [marked] }), size)).toEqual(marked)
    const other = fillPolygon([[1, 1, 5, 1, 5, 5, 1, 5]], size)
    const ring = ringOf(objectOf(1, other, { outline: [marked] }), size)
    expect(sameRaster(fillPolygon([ring], size), other)).toBe(true)
    fc.assert(
      fc.property(randomRaster(), ({ size, raster }) => {
        const own = ringOf(objectOf(1, raster), size)
        expect(wholePicture(fillPolygon([own], size), size)).toEqual(wholePicture(raster, size))
      }),
    )
  })
})
