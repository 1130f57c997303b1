/**
 * @file What surrounds the image circle of a fisheye tape: a flat colour, mostly black, that
 * reaches the edge of the picture.
 */
import type { Size } from '../../shared/recipe.ts'

/** Red, green, blue. */
export type Colour = readonly [number, number, number]

/** RGB, 8 bit, `[height, width, 3]`. */
export interface RgbPicture extends Size {
  data: Uint8Array
}

/** Which pixels belong to a surround: `data` is `[height, width]`, 1 = surround. */
export interface SurroundMap extends Size {
  data: Uint8Array
}

/** Longest side of the small pictures in which shapes are sought. */
const smallSide = 400

/** How wide the rim of the picture is in which the surround's colour is looked for and begins. */
const rimShare = 0.02

/** The mean of square blocks, so that the longer side has about `smallSide` pixels. */
export function reduced(picture: RgbPicture): RgbPicture & { block: number } {
  const block = Math.max(1, Math.ceil(Math.max(picture.width, picture.height) / smallSide))
  const width = Math.floor(picture.width / block)
  const height = Math.floor(picture.height / block)
  const data = new Uint8Array(width * height * 3)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++)
      data.set(blockMean(picture, column, row, block), (row * width + column) * 3)
  return { width, height, data, block }
}

/** The mean of a block of `side` by `side` pixels, by its column and row among the blocks. */
function blockMean({ width, data }: RgbPicture, column: number, row: number, side: number): Colour {
  let [red, green, blue] = [0, 0, 0]
  for (let y = row * side; y < (row + 1) * side; y++)
    for (let at = (y * width + column * side) * 3, end = at + side * 3; at < end; at += 3) {
      red += data[at] ?? 0
      green += data[at + 1] ?? 0
      blue += data[at + 2] ?? 0
    }
  const count = side * side
  return [red / count, green / count, blue / count]
}

/** Whether a pixel belongs to the rim of the picture. */
function isOnRim(column: number, row: number, { width, height }: Size): boolean {
  const rim = Math.max(1, Math.round(rimShare * Math.min(width, height)))
  return column < rim || row < rim || column >= width - rim || row >= height - rim
}

/** Colours are counted in boxes of this side. */
const colourStep = 8

/** The most frequent colour on the rim of the picture. */
export function rimColour(picture: RgbPicture): Colour {
  const counts = new Map<number, { count: number; sum: [number, number, number] }>()
  for (let at = 0; at < picture.width * picture.height; at++) {
    if (!isOnRim(at % picture.width, Math.floor(at / picture.width), picture)) continue
    const [red = 0, green = 0, blue = 0] = picture.data.subarray(at * 3, at * 3 + 3)
    const key = [red, green, blue].reduce((sum, v) => sum * 32 + Math.floor(v / colourStep), 0)
    const box = counts.get(key) ?? { count: 0, sum: [0, 0, 0] }
    box.count++
    box.sum = [box.sum[0] + red, box.sum[1] + green, box.sum[2] + blue]
    counts.set(key, box)
  }
  const boxes = [...counts.values()]
  const best = boxes.reduce((a, b) => (b.count > a.count ? b : a))
  return [best.sum[0] / best.count, best.sum[1] / best.count, best.sum[2] / best.count]
}

/** How far a pixel's colour is from another: the largest difference of a channel. */
export function colourDistance(
  data: Uint8Array,
  pixel: number,
  [red, green, blue]: Colour,
): number {
  const at = pixel * 3
  return Math.max(
    Math.abs((data[at] ?? 0) - red),
    Math.abs((data[at + 1] ?? 0) - green),
    Math.abs((data[at + 2] ?? 0) - blue),
  )
}

/**
 * The pixels like the surround that hang together with the rim of the picture. `distances` says how
 * unlike the surround each pixel is.
 */
export function floodFromRim(
  distances: Float32Array,
  { width, height }: Size,
  tolerance: number,
): SurroundMap {
  const flooded = new Uint8Array(width * height)
  const waiting: number[] = []
  const enter = (at: number): void => {
    if (flooded[at] || (distances[at] ?? 0) > tolerance) return
    flooded[at] = 1
    waiting.push(at)
  }
  for (let at = 0; at < flooded.length; at++)
    if (isOnRim(at % width, Math.floor(at / width), { width, height })) enter(at)
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    const column = at % width
    if (column > 0) enter(at - 1)
    if (column + 1 < width) enter(at + 1)
    if (at >= width) enter(at - width)
    if (at + width < flooded.length) enter(at + width)
  }
  return { width, height, data: flooded }
}
