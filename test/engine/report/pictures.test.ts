import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { hidePeople } from '../../../src/engine/report/hide-people.ts'
import { cropAround, overviewPicture, thumbnail } from '../../../src/engine/report/pictures.ts'
import type { Point } from '../../../src/shared/region.ts'
import fc from '../../fixtures/fast-check.ts'

const width = 320
const height = 240

/** Stripes of black and white, two pixels wide: what is legible of them is detail. */
const striped = {
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    Math.floor(i / 3) % 4 < 2 ? 0 : 255,
  ),
}

/** A person in the middle, at a tenth of the picture's resolution. */
const map = {
  width: 32,
  height: 24,
  data: Uint8Array.from({ length: 32 * 24 }, (_, i) => {
    const [x, y] = [i % 32, Math.floor(i / 32)]
    return x >= 12 && x < 20 && y >= 6 && y < 20 ? 200 : 0
  }),
}

/** Largest step between neighbours in a rectangle. */
function detail(
  data: Uint8Array,
  left: number,
  right: number,
  top: number,
  bottom: number,
): number {
  let most = 0
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right - 1; x++) {
      const at = 3 * (y * width + x)
      most = Math.max(most, Math.abs((data[at] ?? 0) - (data[at + 3] ?? 0)))
    }
  return most
}

describe('People in a picture', () => {
  test.each(['blurred', 'pixelated'] as const)('that are %s cannot be made out', async (way) => {
    const { data } = await hidePeople(striped, map, way)
    expect(detail(data, 120, 200, 60, 200)).toBeLessThan(80)
    expect(detail(striped.data, 120, 200, 60, 200)).toBe(255)
  })

  test.each(['blurred', 'pixelated'] as const)(
    'that are %s have a margin around them',
    async (way) => {
      const { data } = await hidePeople(striped, map, way)
      expect(detail(data, 117, 120, 60, 200)).toBeLessThan(80)
    },
  )

  test('leave the rest of the picture as it is', async () => {
    const { data } = await hidePeople(striped, map, 'blurred')
    expect(data.subarray(0, 3 * width * 20)).toEqual(striped.data.subarray(0, 3 * width * 20))
  })
})

describe('A thumbnail', () => {
  const region: Point[] = [
    [100, 50],
    [180, 60],
    [170, 150],
  ]

  test('shows the region with its outline inside', async () => {
    const made = await thumbnail({ picture: striped, map }, region, 'shown')
    if (!made) throw new Error('a thumbnail was expected')
    const bytes = Buffer.from(made.dataUri.replace('data:image/jpeg;base64,', ''), 'base64')
    const { width: shownWidth, height: shownHeight } = await sharp(bytes).metadata()
    expect([shownWidth, shownHeight]).toEqual([made.width, made.height])
    for (const [x, y] of made.outline) {
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(made.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(made.height)
    }
  })

  test('is left out on request, and where people cannot be hidden as wished', async () => {
    expect(await thumbnail({ picture: striped, map }, region, 'left-out')).toBeNull()
    expect(await thumbnail({ picture: striped, map: null }, region, 'blurred')).toBeNull()
    expect(await overviewPicture({ picture: striped, map: null }, 'pixelated')).toBeNull()
    expect(await overviewPicture({ picture: striped, map: null }, 'shown')).not.toBeNull()
  })

  test('is cut from inside the picture, around the whole region', () => {
    const side = fc.integer({ min: 8, max: 2000 })
    const point = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    const shares = fc.array(point, { minLength: 3, maxLength: 6 })
    fc.assert(
      fc.property(side, side, shares, (pictureWidth, pictureHeight, corners) => {
        const points = corners.map(([x, y]): Point => [x * pictureWidth, y * pictureHeight])
        const crop = cropAround(points, { width: pictureWidth, height: pictureHeight })
        expect(crop.x).toBeGreaterThanOrEqual(0)
        expect(crop.x + crop.width).toBeLessThanOrEqual(pictureWidth)
        expect(crop.y).toBeGreaterThanOrEqual(0)
        expect(crop.y + crop.height).toBeLessThanOrEqual(pictureHeight)
        for (const [x, y] of points) {
          expect(x).toBeGreaterThanOrEqual(crop.x - 1)
          expect(x).toBeLessThanOrEqual(crop.x + crop.width + 1)
          expect(y).toBeGreaterThanOrEqual(crop.y - 1)
          expect(y).toBeLessThanOrEqual(crop.y + crop.height + 1)
        }
      }),
    )
  })
})
