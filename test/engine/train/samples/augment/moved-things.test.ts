import { expect, test } from 'vitest'
import { movedThings } from '../../../../../src/engine/train/samples/augment/moved-things.ts'
import { randomFrom } from '../../../../../src/engine/train/samples/random.ts'
import type { TrainingSample } from '../../../../../src/engine/train/types.ts'

const size = { width: 40, height: 30 }
const pixels = size.width * size.height
const random = randomFrom(3)
const background = Uint8Array.from({ length: 3 * pixels }, () => random.between(80, 120))
/** The same scene with the noise of another moment. */
const noisy = () => background.map((value) => value + random.between(-12, 12))

const inside = (pixel: number, left: number, right: number) => {
  const [x, y] = [pixel % size.width, Math.floor(pixel / size.width)]
  return x >= left && x < right && y >= 10 && y < 20
}

const columnsOf = (found: Uint8Array) => {
  const columns = [...found.keys()].filter((at) => found[at] === 1).map((at) => at % size.width)
  return { least: Math.min(...columns), most: Math.max(...columns), count: columns.length }
}

const nobody = new Uint8Array(pixels)
const things = (frames: readonly TrainingSample[], doubtful: Uint8Array = nobody) =>
  movedThings({ frames, background, doubtful, size })

/** A frame with somebody of 10x10 pixels painted, and dark boxes between columns. */
function frame(painted: [number, number], boxes: [number, number][], label = 1): TrainingSample {
  const picture = noisy()
  const mask = new Uint8Array(pixels)
  for (let pixel = 0; pixel < pixels; pixel++) {
    if (boxes.some(([left, right]) => inside(pixel, left, right)))
      picture.set([20, 20, 20], 3 * pixel)
    if (inside(pixel, ...painted)) mask[pixel] = label
  }
  return { picture, mask }
}

test('What differs from the background is found, noise is not', () => {
  const [found = nobody, none] = things([frame([0, 10], [[15, 25]]), frame([0, 10], [])])
  const { least, most, count } = columnsOf(found)
  expect([least, most]).toEqual([14, 25])
  expect(count).toBeGreaterThanOrEqual(100)
  expect(none).not.toContain(1)
})

test('A difference of one colour is enough', () => {
  const { picture, mask } = frame([0, 10], [])
  for (let pixel = 0; pixel < pixels; pixel++)
    if (inside(pixel, 15, 25)) picture[3 * pixel + 2] = 200
  expect(columnsOf(things([{ picture, mask }])[0] ?? nobody)).toMatchObject({ least: 14, most: 25 })
})

test('Who is painted is no thing, nor is what hangs together with them; what stands apart is one', () => {
  // Half of somebody is painted; a cart stands five pixels away.
  const half = frame(
    [5, 10],
    [
      [5, 15],
      [20, 30],
    ],
  )
  expect(columnsOf(things([half])[0] ?? nobody)).toMatchObject({ least: 19, most: 30 })
})

test('Nor is what lies in pixels that were to be ignored', () => {
  const ignored = frame([20, 30], [[20, 30]], 255)
  expect(things([ignored, frame([0, 10], [])])[0]).not.toContain(1)
})

test('What is much smaller than people is none', () => {
  expect(things([frame([0, 10], [[15, 16]])])[0]).not.toContain(1)
})

test('Where the background may show somebody there is none', () => {
  const doubtful = new Uint8Array(pixels)
  doubtful[15 * size.width + 20] = 255
  expect(things([frame([0, 10], [[15, 25]])], doubtful)[0]).not.toContain(1)
})
