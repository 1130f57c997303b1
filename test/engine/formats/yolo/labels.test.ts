import { describe, expect, test } from 'vitest'
import type { AnnotatedImage, SetObject } from '../../../../src/engine/formats/annotated-set.ts'
import { objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { drawRectangle } from '../../../../src/engine/formats/shapes/draw-shape.ts'
import { fillPolygon } from '../../../../src/engine/formats/shapes/fill-polygon.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { readLabels } from '../../../../src/engine/formats/yolo/read-labels.ts'
import { formatLabels } from '../../../../src/engine/formats/yolo/write-labels.ts'
import { imageOf } from '../../../fixtures/annotated-sets.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomRaster, wholePicture } from '../../../fixtures/random-masks.ts'
import { size } from '../../../fixtures/yolo-folders.ts'

describe('What is wrong in labels is named by its line, and the rest is read', () => {
  test.each([
    ['7 0.5 0.5 1 1', 'there is no class 7'],
    ['cat 0.5 0.5 1 1', 'there is no class cat'],
    ['0.5 0.5 0.5 1 1', 'there is no class 0.5'],
    ['0 20 10 40 20', '20 is no share of a side'],
    ['0 0.5 0.5 1 NaN', 'NaN is no share'],
    ['0 0.5 0.5 1 0x1', '0x1 is no share'],
    ['0 0.5 0.5 1 1 0.9', 'a class and 5 numbers'],
    ['0 0.1 0.1', 'a class and 2 numbers'],
    ['0', 'a class and 0 numbers'],
    ['0 0.1 0.1 0.2 0.2 0.3 0.3 0.4', 'a class and 7 numbers'],
    ['0 0.5 0.5 0 1', 'the box has no area'],
  ])('%s', (line, why) => {
    const { objects, problems } = readLabels(
      `\n0 0.5 0.5 1 1\n${line}\r\n0\t0.5  0.5 1 1.01`,
      new Map([[0, 1]]),
      size,
    )
    expect(objects).toHaveLength(2)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`line 3: ${why}`)
  })
})

function again({ objects, ...image }: AnnotatedImage): SetObject[] {
  const text = formatLabels({ ...image, objects })
  const indices = new Map([0, 1, 2, 3].map((number) => [number, number + 1]))
  const read = readLabels(text, indices, image)
  expect(read.problems).toEqual([])
  return read.objects
}

describe('Labels that are written and read again', () => {
  test('have the same pixels, with holes and in parts', () => {
    fc.assert(
      fc.property(randomRaster({ maximumSide: 40 }), ({ raster, size }) => {
        const [back] = again(imageOf('a.png', size, { objects: [objectOf(2, raster)] }))
        expect(
          back ? wholePicture(back.raster, size) : new Uint8Array(size.width * size.height),
        ).toEqual(wholePicture(raster, size))
      }),
      { numRuns: 300 },
    )
  })

  test('have the same outlines where those give the pixels, and always the same pixels', () => {
    const share = fc.integer({ min: 0, max: 1e6 }).map((value) => value / 1e6)
    const ring = fc.array(share, { minLength: 6, maxLength: 12 })
    fc.assert(
      fc.property(ring, (shares) => {
        const points = shares.slice(0, shares.length - (shares.length % 2))
        const pixels = points.map((at, i) => at * (i % 2 === 0 ? size.width : size.height))
        const object = objectOf(1, fillPolygon([pixels], size), { outline: [pixels] })
        const [back] = again(imageOf('a.png', size, { objects: [object] }))
        if (object.raster.data.includes(1)) expect(back?.outline).toEqual(object.outline)
        else expect(back).toBe(undefined)
      }),
    )
    const moved = objectOf(1, fillPolygon([[1, 1, 9, 1, 5, 9]], size), {
      outline: [[0, 0, 9, 0, 9, 9]],
    })
    const [back] = again(imageOf('a.png', size, { objects: [moved] }))
    expect(back && wholePicture(back.raster, size)).toEqual(wholePicture(moved.raster, size))
  })

  test('have the same boxes, cut at the edges of the picture; among outlines they are outlines', () => {
    const box = { x: 3.25, y: -2, width: 10.1, height: 8 }
    const boxed = objectOf(2, drawRectangle(box, size), { box, boxOnly: true })
    const image = imageOf('a.png', size, { objects: [boxed] })
    expect(formatLabels(image)).toBe('1 0.2075 0.15 0.2525 0.3\n')
    const [back] = again(image)
    expect(back).toMatchObject({ boxOnly: true, classIndex: 2 })
    expect(back && wholePicture(back.raster, size)).toEqual(wholePicture(boxed.raster, size))
    const other = objectOf(1, fillPolygon([[1, 1, 9, 1, 5, 9]], size))
    const mixed = again(imageOf('a.png', size, { objects: [boxed, other] }))
    expect(mixed.map(({ boxOnly }) => boxOnly)).toEqual([false, false])
    expect(mixed.map(({ raster }) => wholePicture(raster, size))).toEqual(
      [boxed, other].map(({ raster }) => wholePicture(raster, size)),
    )
  })

  test('have the same pixels where a box ends at the very centres of pixels', () => {
    const whole = fc.integer({ min: 0, max: 30 })
    fc.assert(
      fc.property(fc.tuple(whole, whole, whole, whole), ([x, y, across, down]) => {
        const of = { width: 61, height: 59 }
        const box = { x: x / 2, y: y / 2, width: 1 + across / 2, height: 1 + down / 2 }
        const object = objectOf(1, drawRectangle(box, of), { box, boxOnly: true })
        const [back] = again(imageOf('a.png', of, { objects: [object] }))
        expect(back && rasterArea(back.raster)).toBe(rasterArea(object.raster))
        expect(back && wholePicture(back.raster, of)).toEqual(wholePicture(object.raster, of))
      }),
      { numRuns: 200 },
    )
  })

  test('show what is seen where something is painted with the background', () => {
    const block = (width: number) => drawRectangle({ x: 0, y: 0, width, height: 2 }, size)
    const objects = [objectOf(1, block(6)), objectOf(0, block(2))]
    const back = again(imageOf('a.png', size, { objects }))
    expect(
      back.map(({ classIndex, raster }) => [classIndex, raster.x, rasterArea(raster)]),
    ).toEqual([[1, 2, 8]])
  })
})
