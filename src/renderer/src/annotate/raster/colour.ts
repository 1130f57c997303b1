/** @file Colours of the picture under the mask, and how far apart they are. */
import type { RawPicture } from '../../canvas/raw-pixels.ts'

export type Picture = RawPicture

export type Colour = readonly [red: number, green: number, blue: number]

export function colourAt({ rgb }: Picture, offset: number): Colour {
  return [rgb[3 * offset] ?? 0, rgb[3 * offset + 1] ?? 0, rgb[3 * offset + 2] ?? 0]
}

/** The mean colour of the pixels at most `radius` columns and rows away, inside the picture. */
export function meanColour(picture: Picture, x: number, y: number, radius: number): Colour {
  const sum = [0, 0, 0]
  let count = 0
  const [bottom, right] = [
    Math.min(picture.height - 1, y + radius),
    Math.min(picture.width - 1, x + radius),
  ]
  for (let row = Math.max(0, y - radius); row <= bottom; row++)
    for (let column = Math.max(0, x - radius); column <= right; column++) {
      const colour = colourAt(picture, row * picture.width + column)
      for (const [i, value] of colour.entries()) sum[i] = (sum[i] ?? 0) + value
      count++
    }
  const mean = (i: number): number => (sum[i] ?? 0) / Math.max(1, count)
  return [mean(0), mean(1), mean(2)]
}

/** A rule that accepts pixels within a Euclidean distance, in steps of 8-bit RGB, of a colour. */
export function within(
  { rgb }: Picture,
  [red, green, blue]: Colour,
  tolerance: number,
): (offset: number) => boolean {
  const limit = tolerance * tolerance
  return (offset) => {
    const r = (rgb[3 * offset] ?? 0) - red
    const g = (rgb[3 * offset + 1] ?? 0) - green
    const b = (rgb[3 * offset + 2] ?? 0) - blue
    return r * r + g * g + b * b <= limit
  }
}
