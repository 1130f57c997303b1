/**
 * @file The bands along the inside of outlines that Boundary IoU compares: a class' pixels that are
 * at most so many pixels, diagonal steps counted as one, from what is not of the class. That is the
 * mask without its erosion by a square, as in the authors' implementation; what lies beyond the
 * picture, or is ignored, is not of the class.
 */
import { type ClassMask, ignoreIndex } from '../../shared/mask.ts'

/** Stands for a pixel that erosion takes away. */
const eroded = 256

/** The value of each pixel that is like those at most `reach` pixels to its left and right. */
function erodedByRows({ data, width, height }: ClassMask, reach: number): Uint16Array {
  const left = new Uint16Array(data.length).fill(eroded)
  for (let row = 0; row < height; row++)
    for (let from = row * width, end = from + width; from < end; ) {
      const value = data[from] ?? 0
      let to = from + 1
      while (to < end && data[to] === value) to++
      if (to - from > 2 * reach) left.fill(value, from + reach, to - reach)
      from = to
    }
  return left
}

/**
 * The mask where its pixels belong to a band, 255 elsewhere.
 * @param reach how many pixels wide the bands are, at least 1
 */
export function bandOf(mask: ClassMask, reach: number): Uint8Array {
  const { data, width } = mask
  const band = data.slice()
  // Erosion by rows and then by columns is erosion by the square.
  const rows = erodedByRows(mask, reach)
  /** In each column, how many pixels in a row above have been alike. */
  const alike = new Int32Array(width)
  for (let start = width; start < rows.length; start += width)
    for (let x = 0, pixel = start; x < width; x++, pixel++) {
      const value = rows[pixel]
      const count = value === rows[pixel - width] ? (alike[x] ?? 0) + 1 : 0
      alike[x] = count
      // With so many alike above it, it is the last of a column whose middle pixel is left.
      if (count >= 2 * reach && value !== eroded) band[pixel - reach * width] = ignoreIndex
    }
  return band
}
