/** @file How many pixels of a region differ from what the camera sees when nobody is there. */
import type { Size } from '../../shared/recipe.ts'
import type { PixelSpans } from './types.ts'

/** Sum over the channels from which on a pixel differs: beyond noise, below most clothes on a floor. */
const leastDifference = 75

/** Pixels that the change of light is judged by. */
const sampleCount = 4096

/** The middle of the differences of one channel, between a picture and the background. */
class ChannelOffset {
  readonly #tally = new Uint32Array(511)
  #count = 0

  add(difference: number): void {
    const at = difference + 255
    this.#tally[at] = (this.#tally[at] ?? 0) + 1
    this.#count += 1
  }

  /** The median; begins anew. */
  take(): number {
    let passed = 0
    let at = -1
    while (passed * 2 <= this.#count && at < 510) passed += this.#tally[++at] ?? 0
    this.#tally.fill(0)
    this.#count = 0
    return at - 255
  }
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
  const offsets = [new ChannelOffset(), new ChannelOffset(), new ChannelOffset()] as const
  return (picture) => {
    for (let at = 0; at < picture.length; at += step)
      for (const [channel, offset] of offsets.entries())
        offset.add((picture[at + channel] ?? 0) - (background[at + channel] ?? 0))
    const [red, green, blue] = offsets.map((offset) => offset.take())
    const light = { red: red ?? 0, green: green ?? 0, blue: blue ?? 0 }
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
  { red, green, blue }: { red: number; green: number; blue: number },
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
