import sharp from 'sharp'
import { beforeAll, expect, it } from 'vitest'
import { align } from '../../../src/engine/camera/align.ts'
import { type GreyPicture, greyOf, valueAt } from '../../../src/engine/camera/grey-picture.ts'
import { greatestMove, moved, type Similarity } from '../../../src/engine/camera/similarity.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

/** The picture as a camera sees it that has moved, in other light, with noise and without a corner. */
function seenMoved(picture: GreyPicture, similarity: Similarity): GreyPicture {
  const { width, height } = picture
  const { rotation, zoom, shift } = similarity
  const back = moved({ shift: { x: 0, y: 0 }, rotation: -rotation, zoom: 1 / zoom }, picture)
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) + 0.5, Math.floor(i / width) + 0.5]
    const value = valueAt(picture, ...back(x - shift.x, y - shift.y))
    const isCovered = x > 0.6 * width && y > 0.6 * height
    const noise = ((i * 7919) % 11) - 5
    return isCovered || Number.isNaN(value) ? 30 : 0.7 * value + 25 + (20 * x) / width + noise
  })
  return { width, height, data }
}

describeWithShared('aligning two pictures of a place', () => {
  let picture: GreyPicture

  beforeAll(async () => {
    const file = sharp(sharedPath('data/fisheye_cepdof/Lunch3_000001.jpg'))
      .resize(320)
      .removeAlpha()
      .raw()
    const { data, info } = await file.toBuffer({ resolveWithObject: true })
    picture = greyOf(data, info.width, info.height)
  })

  it.each<Similarity>([
    { shift: { x: 0, y: 0 }, rotation: 0, zoom: 1 },
    { shift: { x: 5, y: -3 }, rotation: 0, zoom: 1 },
    { shift: { x: 24, y: 18 }, rotation: 6, zoom: 1.04 },
    { shift: { x: -40, y: 12 }, rotation: -11, zoom: 0.95 },
  ])('finds $shift.x, $shift.y, $rotation°, x$zoom to a quarter of a pixel', (similarity) => {
    const found = align(picture, seenMoved(picture, similarity))
    const [map, truth] = [moved(found.similarity, picture), moved(similarity, picture)]
    for (const [x, y] of [
      [0.25, 0.25],
      [0.5, 0.5],
      [0.75, 0.4],
    ] as const) {
      const [u, v] = map(x * picture.width, y * picture.height)
      const [p, q] = truth(x * picture.width, y * picture.height)
      expect(Math.hypot(u - p, v - q)).toBeLessThan(0.25)
    }
    expect(found.after).toBeGreaterThan(0.5)
    expect(found.after).toBeGreaterThanOrEqual(found.before - 0.01)
  })

  it('says that pictures of two places do not agree', async () => {
    const other = picture.data.toReversed().map((value, i) => (i % 97 < 48 ? value : 255 - value))
    const found = align(picture, { ...picture, data: other })
    expect(found.after).toBeLessThan(0.3)
  })

  it('tells how far a corner moved', () => {
    const size = { width: 300, height: 400 }
    const shift = { x: 3, y: 4 }
    expect(greatestMove({ shift, rotation: 0, zoom: 1 }, size)).toBeCloseTo(5)
    expect(greatestMove({ shift: { x: 0, y: 0 }, rotation: 0, zoom: 1.1 }, size)).toBeCloseTo(25)
  })
})
