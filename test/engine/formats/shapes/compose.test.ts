import { describe, expect, test } from 'vitest'
import type { AnnotatedImage } from '../../../../src/engine/formats/annotated-set.ts'
import {
  maskOfImage,
  maskOfObjects,
  objectOf,
  objectsOfImage,
  objectsOfMask,
} from '../../../../src/engine/formats/shapes/compose.ts'
import { components } from '../../../../src/engine/formats/shapes/connected-parts.ts'
import {
  cropped,
  rasterArea,
  rasterOfPicture,
  sameRaster,
} from '../../../../src/engine/formats/shapes/raster.ts'
import { drawing, drawnMask, rows } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomMask, randomRaster, wholePicture } from '../../../fixtures/random-masks.ts'

/** The parts of a picture by looking from pixel to pixel: the plain definition. */
function partsByFlood(data: Uint8Array, width: number, corners: boolean): Set<string> {
  const left = new Set([...data.keys()].filter((at) => data[at] !== 0))
  const parts = new Set<string>()
  for (const first of left) {
    const part: number[] = []
    const next = [first]
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      if (!left.delete(at)) continue
      part.push(at)
      for (const other of left) {
        const across = Math.abs((other % width) - (at % width))
        const down = Math.abs(Math.floor(other / width) - Math.floor(at / width))
        const isNear = corners ? Math.max(across, down) === 1 : across + down === 1
        if (isNear && data[other] === data[at]) next.push(other)
      }
    }
    parts.add(part.sort((a, b) => a - b).join())
  }
  return parts
}

function image(mask: AnnotatedImage['mask'], objects: AnnotatedImage['objects']): AnnotatedImage {
  return {
    ...{ name: 'a.png', file: null, width: 4, height: 2, split: null, scene: null },
    ...{ annotated: true, objects, mask },
  }
}

describe('Connected parts', () => {
  test.each([4, 8] as const)('are those of the plain definition, %s neighbours', (neighbours) => {
    fc.assert(
      fc.property(randomRaster({ maximumSide: 10 }), ({ raster, size }) => {
        const picture = wholePicture(raster, size)
        const found = components(raster, neighbours).map((part) => {
          expect(cropped(part)).toEqual(part)
          const pixels = wholePicture(part, size)
          return [...pixels.keys()].filter((at) => pixels[at] === 1).join()
        })
        expect(found).toHaveLength(new Set(found).size)
        expect(new Set(found)).toEqual(partsByFlood(picture, size.width, neighbours === 8))
      }),
    )
  })

  test('of a spiral and of a comb hang together', () => {
    const { data, ...size } = drawnMask(`
      1.1.11111
      1.1.1...1
      1.1.1.1.1
      111.1.111`)
    const raster = rasterOfPicture(data, size)
    expect(components(raster, 4).map(rasterArea)).toEqual([9, 14])
  })
})

describe('A mask', () => {
  test('is the same again when drawn from its things', () => {
    fc.assert(
      fc.property(
        randomMask({ classes: 4 }),
        fc.constantFrom('part' as const, 'class' as const),
        (mask, per) => {
          expect(maskOfObjects(mask, objectsOfMask(mask, { per }))).toEqual(mask)
        },
      ),
    )
  })

  test('has one thing a connected part, or one a class, and none where pixels are ignored', () => {
    const mask = drawnMask(`
      11.2
      ..1x`)
    const classes = (per: 'part' | 'class') =>
      objectsOfMask(mask, { per }).map(({ classIndex, raster }) => [classIndex, rasterArea(raster)])
    expect(classes('part')).toEqual([
      [1, 3],
      [2, 1],
    ])
    expect(classes('class')).toEqual([
      [1, 3],
      [2, 1],
    ])
    expect(objectsOfMask(drawnMask('1.1')).map(({ raster }) => raster.x)).toEqual([0, 2])
  })

  test('shows the later of two things that overlap, and cuts off what lies outside', () => {
    const block = (x: number, y: number) => ({
      ...{ x, y, width: 3, height: 2 },
      data: Uint8Array.of(1, 1, 1, 1, 0, 1),
    })
    const mask = maskOfObjects({ width: 4, height: 3 }, [
      objectOf(1, block(0, 0)),
      objectOf(2, block(1, 1)),
      objectOf(3, block(-2, 2)),
    ])
    expect(drawing(mask)).toBe(
      rows(`
        111.
        1222
        32.2`),
    )
  })

  test('that the things give is no reason to change them', () => {
    const things = [
      objectOf(1, rasterOfPicture(drawnMask('11.. ....').data, { width: 4, height: 2 })),
    ]
    const agreeing = image(drawnMask('11.. x...'), things)
    expect(objectsOfImage(agreeing)).toBe(things)
    expect(maskOfImage(agreeing)).toBe(agreeing.mask)
    const without = image(null, things)
    expect(objectsOfImage(without)).toBe(things)
    expect(drawing(maskOfImage(without))).toBe('11..\n....')
  })
})

describe('Things of a picture whose mask was painted since', () => {
  const size = { width: 6, height: 3 }
  const thing = (classIndex: number, text: string) =>
    objectOf(classIndex, rasterOfPicture(drawnMask(text).data, size), {
      outline: [[0, 0, 1, 1, 2, 2]],
    })
  const below = thing(1, '111... 111... ......')
  const above = thing(2, '..11.. ..11.. ......')
  const apart = thing(1, '...... ...... ....11')

  function shown(text: string): string[] {
    const picture = { ...image(drawnMask(text), [below, above, apart]), ...size }
    const things = objectsOfImage(picture)
    expect(maskOfObjects(size, things)).toEqual(drawnMask(text.replaceAll('x', '.')))
    return things.map((object) => {
      const original = [below, above, apart].indexOf(object)
      return original < 0 ? `${object.classIndex}: ${rasterArea(object.raster)}` : `${original}`
    })
  }

  test('are the same where the mask is theirs', () => {
    expect(shown('1122.. 1122.. ....11')).toEqual(['0', '1', '2'])
  })

  test('lose what is painted over, and keep what a thing above them hides', () => {
    expect(shown('1122.. 1122.. ....1.')).toEqual(['0', '1', '1: 1'])
    expect(shown('112... 112... ....11')).toEqual(['0', '2: 2', '2'])
    expect(shown('1122.. 1122.. ......')).toEqual(['0', '1'])
  })

  test('lose what was hidden where what hid it is gone', () => {
    expect(shown('11.2.. 11.2.. ....11')).toEqual(['1: 4', '2: 2', '2'])
    expect(shown('1112.. 1112.. ....11')).toEqual(['0', '2: 2', '2'])
  })

  test('are followed by what is new, each part by itself', () => {
    expect(shown('1122.3 1122.3 3...11')).toEqual(['0', '1', '2', '3: 2', '3: 1'])
    expect(shown('3322.. 3322.. ....11')).toEqual(['1', '2', '3: 4'])
  })

  test('always give the mask again', () => {
    const rasters = fc.array(
      fc.tuple(fc.integer({ min: 0, max: 3 }), randomMask({ maximumSide: 8 })),
      {
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(randomMask({ maximumSide: 8, classes: 4 }), rasters, (mask, rasters) => {
        const things = rasters.map(([classIndex, { data, ...of }]) => {
          const pixels = new Uint8Array(mask.width * mask.height)
          for (let at = 0; at < pixels.length; at++)
            pixels[at] = at % mask.width < of.width ? (data[at % data.length] ?? 0) : 0
          return objectOf(classIndex, rasterOfPicture(pixels, mask))
        })
        const { width, height } = mask
        const picture = { ...image(mask, things), width, height }
        expect(maskOfObjects(mask, objectsOfImage(picture))).toEqual(mask)
      }),
      { numRuns: 300 },
    )
  })
})

describe('Rasters', () => {
  test('are the same when their pixels are, whatever their rectangles', () => {
    fc.assert(
      fc.property(randomRaster(), randomRaster(), (one, other) => {
        expect(sameRaster(one.raster, cropped(one.raster))).toBe(true)
        const size = { width: 20, height: 20 }
        const isSame =
          Buffer.compare(wholePicture(one.raster, size), wholePicture(other.raster, size)) === 0
        expect(sameRaster(one.raster, other.raster)).toBe(isSame)
      }),
    )
  })
})
