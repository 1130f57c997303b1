/** @file Sets of pixels as runs of rows. */
import type { Size } from './recipe.ts'

/** A set of pixels of a picture, as runs of a row: exact and compact. */
export interface PixelSpans extends Size {
  /** Triples (row, first column, column after the last), sorted by row and column. */
  spans: Int32Array
  /** Number of pixels. */
  area: number
}

/** The pixels of `of` that are in none of `without`. All are of pictures of one size. */
export function subtractSpans(of: PixelSpans, without: readonly PixelSpans[]): PixelSpans {
  if (without.length === 0) return of
  const { width, height } = of
  const kept = new Uint8Array(width * height)
  paint(of, kept, 1)
  for (const pixels of without) paint(pixels, kept, 0)
  return spansOf(kept, { width, height })
}

/** Sets a value at every pixel of the set; `target` is `[height, width]`. */
function paint({ width, spans }: PixelSpans, target: Uint8Array, value: number): void {
  for (let i = 0; i < spans.length; i += 3) {
    const [row = 0, first = 0, end = 0] = spans.subarray(i, i + 3)
    target.fill(value, row * width + first, row * width + end)
  }
}

/** The pixels whose value is not 0, of a `[height, width]` picture. */
function spansOf(pixels: Uint8Array, { width, height }: Size): PixelSpans {
  const spans: number[] = []
  let area = 0
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (!pixels[row * width + column]) continue
      const first = column
      while (column < width && pixels[row * width + column]) column++
      spans.push(row, first, column)
      area += column - first
    }
  return { width, height, spans: Int32Array.from(spans), area }
}
