/** @file From light to the bytes of a picture, as the camera's electronics do it. */

/** Light of 4 in `lightUnit`s: everything beyond is white. */
const range = 16384

/** Byte for each amount of light: a soft shoulder for highlights, then the curve of sRGB. */
export const toneCurve: Uint8ClampedArray = Uint8ClampedArray.from({ length: range }, (_, at) => {
  const light = at / 4096
  const soft = 1 - Math.exp(-1.55 * light)
  const curve = soft <= 0.0031308 ? 12.92 * soft : 1.055 * soft ** (1 / 2.4) - 0.055
  return 255 * (0.02 + 0.98 * curve)
})

export const toneOf = (light: number): number => toneCurve[Math.min(range - 1, light | 0)] ?? 0
