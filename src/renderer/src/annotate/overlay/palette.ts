/** @file Colours of classes as pixels of a canvas. */
import { backgroundIndex, ignoreIndex, type MaskClass } from '../../../../shared/mask.ts'

const opaque = 255

/** A pixel as a 32-bit number in the order of bytes of a canvas (red first, on little-endian machines). */
export function pixelOf(red: number, green: number, blue: number, alpha: number): number {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

export function pixelOfHex(colour: string, alpha = opaque): number {
  const value = Number.parseInt(colour.slice(1), 16)
  return pixelOf((value >> 16) & 255, (value >> 8) & 255, value & 255, alpha)
}

/**
 * Pixel of each class index; background is clear, and what is hidden. A class that the project does not
 * have is magenta.
 */
export function paletteOf(
  classes: readonly MaskClass[],
  hidden: Iterable<number> = [],
): Uint32Array {
  const palette = new Uint32Array(256).fill(pixelOf(255, 0, 255, opaque))
  for (const { index, colour } of classes) palette[index] = pixelOfHex(colour)
  palette[backgroundIndex] = 0
  palette[ignoreIndex] = pixelOf(128, 128, 128, opaque)
  for (const index of hidden) palette[index] = 0
  return palette
}
