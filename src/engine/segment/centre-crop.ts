/**
 * @file The middle of a picture, as torchvision's Resize(256) and CenterCrop(224) make it of Pillow's
 * pictures, byte for byte.
 * https://github.com/pytorch/vision/blob/main/torchvision/transforms/functional.py
 */
import type { Size } from '../../shared/recipe.ts'
import type { CentreCrop } from '../../shared/segment.ts'
import { reduce } from '../augment/geometry/reduce.ts'

/** `[height, width, 3]`, RGB. */
export interface RgbPicture extends Size {
  data: Uint8Array
}

/** The shorter side becomes `side`, the longer one in proportion, without its fraction. */
function shorterSide({ width, height }: Size, side: number): Size {
  const longer = Math.trunc((side * Math.max(width, height)) / Math.min(width, height))
  return width <= height ? { width: side, height: longer } : { width: longer, height: side }
}

/** Python's round: of two equally near whole numbers the even one. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** Where a square begins along a side; negative where the picture is shorter and is padded. */
function startOf(length: number, side: number): number {
  return length < side ? -Math.floor((side - length) / 2) : roundHalfEven((length - side) / 2)
}

/** The square of this side in the middle of a picture, black where the picture is smaller. */
export function cutCentre({ width, height, data }: RgbPicture, side: number): RgbPicture {
  const square = new Uint8Array(3 * side * side)
  const [left, top] = [startOf(width, side), startOf(height, side)]
  const from = Math.max(0, left)
  const to = Math.min(width, left + side)
  for (let y = Math.max(0, -top); y < side && y + top < height; y++) {
    const row = 3 * (y + top) * width
    square.set(data.subarray(row + 3 * from, row + 3 * to), 3 * (y * side + from - left))
  }
  return { width: side, height: side, data: square }
}

/** The picture with its shorter side `side` pixels long. */
export function resizeShorter(picture: RgbPicture, side: number): RgbPicture {
  const to = shorterSide(picture, side)
  if (to.width === picture.width && to.height === picture.height) return picture
  const { width, height, data } = picture
  const resized = reduce({ width, height, picture: data, mask: null }, to)
  return { ...to, data: resized.picture }
}

/** What a network is shown of a picture. */
export function centreCrop(picture: RgbPicture, { resize, size }: CentreCrop): RgbPicture {
  return cutCentre(resizeShorter(picture, resize), size)
}
