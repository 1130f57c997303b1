/**
 * @file Sharpening as imgaug does it: the picture mixed with its convolution by the kernel of -1s
 * around 8 + lightness.
 */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import { roundedView, type Sample } from '../sample.ts'
import { type Draw, drawFrom } from '../step.ts'
import { mirrorIndex } from './mirror.ts'

/** Adds up the rows above, at and below `y`, with one more mirrored pixel at each end. */
function addRows({ picture, width, height }: Sample, y: number, sums: Int32Array): void {
  const line = 3 * width
  const above = mirrorIndex(y - 1, height) * line
  const below = mirrorIndex(y + 1, height) * line
  for (let i = 0; i < line; i++)
    sums[i + 3] =
      (picture[above + i] ?? 0) + (picture[y * line + i] ?? 0) + (picture[below + i] ?? 0)
  for (let channel = 0; channel < 3; channel++) {
    sums[channel] = sums[3 + 3 * mirrorIndex(-1, width) + channel] ?? 0
    sums[3 + line + channel] = sums[3 + 3 * mirrorIndex(width, width) + channel] ?? 0
  }
}

function sharpenPicture(sample: Sample, alpha: number, lightness: number): void {
  const { picture, width, height } = sample
  const line = 3 * width
  const result = new Uint8Array(picture.length)
  const values = roundedView(result)
  const sums = new Int32Array(line + 6)
  const own = 1 + alpha * (8 + lightness)
  for (let y = 0; y < height; y++) {
    addRows(sample, y, sums)
    for (let i = 0, at = y * line; i < line; i++, at++) {
      // All nine pixels, so that the one in the middle counts once more above.
      const square = (sums[i] ?? 0) + (sums[i + 3] ?? 0) + (sums[i + 6] ?? 0)
      values[at] = own * (picture[at] ?? 0) - alpha * square
    }
  }
  sample.picture = result
}

export const sharpen: Draw<Operations['sharpen']> = (settings, random) => {
  const values = {
    alpha: drawFrom(random, settings.alpha),
    lightness: drawFrom(random, settings.lightness),
  }
  const paint = (sample: Sample) => sharpenPicture(sample, values.alpha, values.lightness)
  return { values, steps: [{ does: 'paint', paint }] }
}
