/** @file The sensor's noise: new in every frame, the same for the same seed. */
import type { Random } from '../random.ts'

/** Pixels of noise that are drawn once; rows of a frame start anywhere in them. */
const stored = 1 << 16

/** Standard deviation in bytes, of the brightness and of each channel by itself. */
const brightness = 2.1
const tint = 1.1

/** Approximately normal, standard deviation 1: a sum of uniform numbers. */
const normal = (random: Random): number =>
  (random.next() + random.next() + random.next() + random.next() - 2) * Math.sqrt(3)

/** Returns what adds noise to the pixels of a row from `left` to before `right`. */
export function sensorNoise(
  random: Random,
): (picture: Uint8ClampedArray, left: number, right: number) => void {
  const table = new Int8Array(stored * 3)
  for (let pixel = 0; pixel < stored; pixel++) {
    const grey = brightness * normal(random)
    for (let channel = 0; channel < 3; channel++)
      table[pixel * 3 + channel] = Math.round(grey + tint * normal(random))
  }
  return (picture, left, right) => {
    const start = random.below(stored - (right - left)) * 3 - left * 3
    for (let at = left * 3; at < right * 3; at++)
      picture[at] = (picture[at] ?? 0) + (table[start + at] ?? 0)
  }
}
