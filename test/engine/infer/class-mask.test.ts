import { describe, expect, test } from 'vitest'
import { classMasker } from '../../../src/engine/infer/class-mask.ts'
import type { OutputShape } from '../../../src/engine/infer/network-output.ts'
import fc from '../../fixtures/fast-check.ts'

const grid = { width: 4, height: 3 }
const cover = {
  x: { points: 4, start: 0, cover: 4 },
  y: { points: 3, start: 0, cover: 2.5 },
}
const size = { width: 9, height: 7 }

function shapeOf(channels: number, kind: OutputShape['kind']): OutputShape {
  return { channels, ...grid, layout: 'NCHW', kind, person: [] }
}

/** One channel at one pixel: bilinear between half-pixel centres, the rim repeated. */
function interpolated(values: Float32Array, channel: number, x: number, y: number): number {
  const place = (
    pixel: number,
    pixels: number,
    { points, cover }: { points: number; cover: number },
  ) => Math.min(points - 1, Math.max(0, ((pixel + 0.5) * cover) / pixels - 0.5))
  const [u, v] = [place(x, size.width, cover.x), place(y, size.height, cover.y)]
  const [left, top] = [Math.floor(u), Math.floor(v)]
  const at = (column: number, row: number) =>
    values[
      (channel * grid.height + Math.min(row, grid.height - 1)) * grid.width +
        Math.min(column, grid.width - 1)
    ] ?? 0
  const across = (row: number) => at(left, row) * (1 - (u - left)) + at(left + 1, row) * (u - left)
  return across(top) * (1 - (v - top)) + across(top + 1) * (v - top)
}

/** Probability of each class by the definition: softmax over all channels, added up by class. */
function probabilities(values: Float32Array, classOf: readonly number[], x: number, y: number) {
  const powers = classOf.map((_, channel) => Math.exp(interpolated(values, channel, x, y)))
  const all = powers.reduce((sum, power) => sum + power, 0)
  const sums = new Map<number, number>()
  for (const [channel, index] of classOf.entries())
    sums.set(index, (sums.get(index) ?? 0) + (powers[channel] ?? 0) / all)
  return sums
}

describe('The class of a pixel', () => {
  test('is the one with the most probability, added over the channels that stand for it', () => {
    const classOf = [0, 7, 0, 3]
    const length = classOf.length * grid.width * grid.height
    const logits = fc.float32Array({
      min: -4,
      max: 4,
      noNaN: true,
      minLength: length,
      maxLength: length,
    })
    const masker = classMasker({ shape: shapeOf(4, 'logits'), cover, size, classOf })
    fc.assert(
      fc.property(logits, (values) => {
        const { data } = masker(values)
        for (const [pixel, index] of data.entries()) {
          const sums = probabilities(
            values,
            classOf,
            pixel % size.width,
            Math.floor(pixel / size.width),
          )
          expect(sums.get(index)).toBeGreaterThan(Math.max(...sums.values()) - 1e-5)
        }
      }),
    )
  })

  test('is that of a single channel where it is at least as likely as not', () => {
    const values = new Float32Array(12).fill(-1)
    values.fill(1, 0, 4)
    const mask = classMasker({ shape: shapeOf(1, 'logits'), cover, size, classOf: [5] })(values)
    expect(new Set(mask.data.subarray(0, 2 * size.width))).toEqual(new Set([5]))
    expect(new Set(mask.data.subarray(5 * size.width))).toEqual(new Set([0]))
    const halves = new Float32Array(12).fill(0.5)
    const sure = classMasker({ shape: shapeOf(1, 'probabilities'), cover, size, classOf: [5] })
    expect(new Set(sure(halves).data)).toEqual(new Set([5]))
  })

  test('is not told from what is no number', () => {
    const masker = classMasker({ shape: shapeOf(2, 'logits'), cover, size, classOf: [0, 1] })
    expect(() => masker(new Float32Array(24).fill(Number.NaN))).toThrow('not numbers')
  })
})
