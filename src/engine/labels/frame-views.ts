/** @file What is seen on frames of a fixed camera, as numbers that can be compared. */
import { medianPicture } from '../train/scene/background.ts'

/** Differences up to so many grey levels are noise. */
const noise = 6
/** More difference than this does not make a person more of a person. */
const most = 60

/** Grey levels of an RGB picture, by ITU-R BT.601. */
function greyOf(rgb: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: rgb.length / 3 }, (_, i) => {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(3 * i, 3 * i + 3)
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
  })
}

/**
 * For each small picture, `[height, width, 3]`, how much every pixel differs from the background
 * (their median), 0 … 1, times the pixel's weight.
 */
export function frameViews(
  pictures: readonly Uint8Array[],
  weights: ArrayLike<number>,
): Float32Array[] {
  const greys = pictures.map(greyOf)
  const background = medianPicture(greys)
  return greys.map((grey) =>
    Float32Array.from(grey, (value, i) => {
      const difference = Math.abs(value - (background[i] ?? 0)) - noise
      return (weights[i] ?? 1) * Math.min(1, Math.max(0, difference) / (most - noise))
    }),
  )
}
