import { expect, test } from 'vitest'
import { backgroundDifference } from '../../../src/engine/infer/background-difference.ts'
import { seededNormal } from '../../../src/shared/count/random-table.ts'
import type { Point } from '../../../src/shared/region.ts'
import { rasterise } from '../../../src/shared/region-raster.ts'

const size = { width: 64, height: 48 }
const box = (left: number, top: number, right: number, bottom: number): Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
]
const regions = [box(0, 0, 32, 48), box(32, 0, 64, 48), box(10, 10, 20, 20)].map((points) =>
  rasterise(points, size),
)

/** A floor with some noise, and somebody in red on the rectangle given. */
function picture(seed: number, light = 0, [x, y, width, height] = [0, 0, 0, 0]): Uint8Array {
  const normal = seededNormal(seed)
  return Uint8Array.from({ length: size.width * size.height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3)
    const [column, row] = [pixel % size.width, Math.floor(pixel / size.width)]
    const isPerson = column >= x && column < x + width && row >= y && row < y + height
    const grey = 90 + ((column * 7 + row * 13) % 40)
    const value = isPerson ? ([200, 30, 40][at % 3] ?? 0) : grey
    return Math.max(0, Math.min(255, value + light + 4 * normal()))
  })
}

const changed = backgroundDifference(picture(1), size, regions)

test('an empty picture does not differ, also in other light', () => {
  for (const light of [0, 40, -40]) expect([...changed(picture(2, light))]).toEqual([0, 0, 0])
})

test('the pixels of somebody differ, in each region that they are in', () => {
  for (const light of [0, 30]) {
    const [left, right, small] = changed(picture(3, light, [8, 8, 10, 20]))
    expect(left).toBeCloseTo(200, -1)
    expect(right).toBe(0)
    expect(small).toBeCloseTo(80, -1)
  }
})
