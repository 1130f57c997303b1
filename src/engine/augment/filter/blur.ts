/** @file A Gaussian blur, along rows and then along columns. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import { roundedView, type Sample } from '../sample.ts'
import { type Draw, drawFrom } from '../step.ts'
import { mirrorIndex } from './mirror.ts'

/** The right half of a Gaussian up to three deviations, as OpenCV takes for bytes; its sum is 1. */
function kernelOf(deviation: number): Float32Array {
  const reach = Math.round(3 * deviation)
  const half = Array.from({ length: reach + 1 }, (_, i) =>
    Math.exp(-(i * i) / (2 * deviation * deviation)),
  )
  const sum = half.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0)
  return Float32Array.from(half, (value) => value / sum)
}

/** A row of colours with `reach` mirrored pixels at both ends. */
function padRow({ picture, width }: Sample, y: number, reach: number, padded: Float32Array): void {
  const start = 3 * y * width
  for (let i = 0; i < 3 * width; i++) padded[3 * reach + i] = picture[start + i] ?? 0
  for (let k = 1; k <= reach; k++)
    for (let channel = 0; channel < 3; channel++) {
      const left = 3 * mirrorIndex(-k, width) + channel
      const right = 3 * mirrorIndex(width - 1 + k, width) + channel
      padded[3 * (reach - k) + channel] = picture[start + left] ?? 0
      padded[3 * (reach + width - 1 + k) + channel] = picture[start + right] ?? 0
    }
}

function blurRows(sample: Sample, kernel: Float32Array): Float32Array {
  const { width, height } = sample
  const reach = kernel.length - 1
  const line = 3 * width
  const padded = new Float32Array(line + 6 * reach)
  const result = new Float32Array(line * height)
  for (let y = 0; y < height; y++) {
    padRow(sample, y, reach, padded)
    for (let i = 0; i < line; i++) {
      const middle = i + 3 * reach
      let sum = (kernel[0] ?? 0) * (padded[middle] ?? 0)
      for (let k = 1; k <= reach; k++)
        sum += (kernel[k] ?? 0) * ((padded[middle - 3 * k] ?? 0) + (padded[middle + 3 * k] ?? 0))
      result[y * line + i] = sum
    }
  }
  return result
}

function blurColumns(rows: Float32Array, { width, height }: Sample, kernel: Float32Array) {
  const line = 3 * width
  const result = new Uint8Array(rows.length)
  const values = roundedView(result)
  const above = new Int32Array(kernel.length)
  const below = new Int32Array(kernel.length)
  for (let y = 0; y < height; y++) {
    for (let k = 1; k < kernel.length; k++) {
      above[k] = mirrorIndex(y - k, height) * line
      below[k] = mirrorIndex(y + k, height) * line
    }
    for (let i = 0; i < line; i++) {
      let sum = (kernel[0] ?? 0) * (rows[y * line + i] ?? 0)
      for (let k = 1; k < kernel.length; k++)
        sum +=
          (kernel[k] ?? 0) * ((rows[(above[k] ?? 0) + i] ?? 0) + (rows[(below[k] ?? 0) + i] ?? 0))
      values[y * line + i] = sum
    }
  }
  return result
}

export const gaussianBlur: Draw<Operations['gaussian-blur']> = (settings, random) => {
  const deviation = drawFrom(random, settings.deviation)
  const paint = (sample: Sample) => {
    // The kernel would be one pixel.
    if (Math.round(3 * deviation) === 0) return
    const kernel = kernelOf(deviation)
    sample.picture = blurColumns(blurRows(sample, kernel), sample, kernel)
  }
  return { values: { deviation }, steps: [{ does: 'paint', paint }] }
}
