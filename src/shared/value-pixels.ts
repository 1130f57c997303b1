/** @file How many pixels of a mask have each value. */
import { type ClassMask, ignoreIndex } from './mask.ts'

/** Pixels of a value that a mask has. */
export interface ValuePixels {
  index: number
  pixels: number
}

/** Pixels of each of the 256 values. */
export function pixelsOf({ data }: Pick<ClassMask, 'data'>): Uint32Array {
  const pixels = new Uint32Array(ignoreIndex + 1)
  for (let i = 0; i < data.length; i++) {
    const value = data[i] ?? 0
    pixels[value] = (pixels[value] ?? 0) + 1
  }
  return pixels
}

/** Pixels of the values that there are, ascending. */
export function valuesIn(mask: Pick<ClassMask, 'data'>): ValuePixels[] {
  return [...pixelsOf(mask)].flatMap((pixels, index) => (pixels > 0 ? [{ index, pixels }] : []))
}
