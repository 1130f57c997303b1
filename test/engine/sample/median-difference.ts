/** @file The naive way to count people: what differs from the median of the tape. */
import { warpNearest } from '../../../src/engine/preprocess/warp-mask.ts'
import type { PixelSpans } from '../../../src/shared/pixel-spans.ts'
import type { Recipe, Size } from '../../../src/shared/recipe.ts'

function brightnessOf(picture: Uint8ClampedArray): Uint8Array {
  return Uint8Array.from({ length: picture.length / 3 }, (_, pixel) => {
    const at = pixel * 3
    return ((picture[at] ?? 0) + (picture[at + 1] ?? 0) + (picture[at + 2] ?? 0)) / 3
  })
}

/** The pixels of a region, one after the other. */
function pixelsOf(picture: Uint8Array, { spans, width, area }: PixelSpans): Uint8Array {
  const pixels = new Uint8Array(area)
  let used = 0
  for (let at = 0; at < spans.length; at += 3) {
    const row = (spans[at] ?? 0) * width
    const part = picture.subarray(row + (spans[at + 1] ?? 0), row + (spans[at + 2] ?? 0))
    pixels.set(part, used)
    used += part.length
  }
  return pixels
}

/** Brightness of each region's pixels in the recipe's picture. */
export function regionBrightness(
  picture: Uint8ClampedArray,
  tape: Size,
  recipe: Recipe,
  regions: readonly PixelSpans[],
): Uint8Array[] {
  const seen = warpNearest(brightnessOf(picture), tape, recipe)
  return regions.map((region) => pixelsOf(seen, region))
}

/** The median of each pixel over every third frame. */
export function medianOf(frames: readonly Uint8Array[]): Uint8Array {
  const some = frames.filter((_, frame) => frame % 3 === 0)
  const values = new Uint8Array(some.length)
  return Uint8Array.from(frames[0] ?? [], (_, pixel) => {
    some.forEach((frame, index) => {
      values[index] = frame[pixel] ?? 0
    })
    return values.sort()[values.length >> 1] ?? 0
  })
}

/** Number of pixels that differ from the median by more than `threshold`, by frame. */
export function differing(
  frames: readonly Uint8Array[],
  median: Uint8Array,
  threshold: number,
): number[] {
  return frames.map((frame) => {
    let count = 0
    for (let pixel = 0; pixel < frame.length; pixel++)
      if (Math.abs((frame[pixel] ?? 0) - (median[pixel] ?? 0)) > threshold) count++
    return count
  })
}
