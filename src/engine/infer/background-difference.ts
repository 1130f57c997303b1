/** @file How many pixels of a region differ from what the camera sees when nobody is there. */
import type { Size } from '../../shared/recipe.ts'
import type { PixelSpans } from './types.ts'

/** Sum over the channels from which on a pixel differs: beyond noise, below most clothes on a floor. */
const leastDifference = 75

/** Pixels that the change of light is judged by. */
const sampleCount = 2048

/** What a channel's differences can be: -255 … 255. */
const differenceCount = 511

/** The middle of so many tallied differences. */
function middle(tally: Uint32Array, count: number): number {
  let passed = 0
  let at = -1
  while (passed * 2 <= count && at < differenceCount - 1) passed += tally[++at] ?? 0
  return at - 255
}

/** The middle difference of each channel between a picture and the background: what light has done. */
function lightChange(picture: Uint8Array, background: Uint8Array, step: number): Light {
  const red = new Uint32Array(differenceCount)
  const green = new Uint32Array(differenceCount)
  const blue = new Uint32Array(differenceCount)
  let count = 0
  for (let at = 0; at + 2 < picture.length; at += step) {
    const differenceAt = (channel: number) =>
      (picture[at + channel] ?? 0) - (background[at + channel] ?? 0) + 255
    add(red, differenceAt(0))
    add(green, differenceAt(1))
    add(blue, differenceAt(2))
    count += 1
  }
  return { red: middle(red, count), green: middle(green, count), blue: middle(blue, count) }
}

function add(tally: Uint32Array, at: number): void {
  tally[at] = (tally[at] ?? 0) + 1
}

interface Light {
  red: number
  green: number
  blue: number
}

/**
 * Prepares the comparison of pictures `[height, width, 3]` with a background of the same size.
 * Returns for each region the number of its pixels that differ. Light that changes for the whole
 * picture, as when the camera adapts, is no difference.
 */
export function backgroundDifference(
  background: Uint8Array,
  { width, height }: Size,
  regions: readonly PixelSpans[],
): (picture: Uint8Array) => Float64Array {
  const step = 3 * Math.max(1, Math.floor((width * height) / sampleCount))
  return (picture) => {
    const light = lightChange(picture, background, step)
    return Float64Array.from(regions, ({ spans }) => {
      let pixels = 0
      for (let span = 0; span < spans.length; span += 3) {
        const row = (spans[span] ?? 0) * width
        const from = 3 * (row + (spans[span + 1] ?? 0))
        const to = 3 * (row + (spans[span + 2] ?? 0))
        pixels += differing(picture, background, from, to, light)
      }
      return pixels
    })
  }
}

function differing(
  picture: Uint8Array,
  background: Uint8Array,
  from: number,
  to: number,
  { red, green, blue }: Light,
): number {
  let pixels = 0
  for (let at = from; at < to; at += 3) {
    const difference =
      Math.abs((picture[at] ?? 0) - (background[at] ?? 0) - red) +
      Math.abs((picture[at + 1] ?? 0) - (background[at + 1] ?? 0) - green) +
      Math.abs((picture[at + 2] ?? 0) - (background[at + 2] ?? 0) - blue)
    if (difference >= leastDifference) pixels += 1
  }
  return pixels
}
