import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { contentSize, inputFiller } from '../../../src/engine/infer/input-tensor.ts'
import { type ModelDescription, modelDescriptionSchema } from '../../../src/engine/models/types.ts'
import { goldenImage } from '../../fixtures/golden-image.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

function rule(part: Partial<ModelDescription['input']>): ModelDescription['input'] {
  return modelDescriptionSchema.shape.input.parse({ name: 'x', ...part })
}

describeWithShared("A picture is resized as PyTorch's bilinear interpolation does", () => {
  const rows = z.object({
    tensor_resize: z.object({
      input: z.tuple([z.number(), z.number()]),
      rows: z.array(
        z.object({
          size: z.tuple([z.number(), z.number()]),
          antialias: z.boolean(),
          norm: z.number(),
          mean: z.number(),
          at: z.array(z.number()),
          value: z.array(z.number()),
        }),
      ),
    }),
  })

  test('larger, smaller, and with its shape changed', () => {
    const file = readFileSync(sharedPath('goldens', 'resize.json'), 'utf8')
    const { input, rows: all } = rows.parse(JSON.parse(file)).tensor_resize
    const plain = all.filter(({ antialias }) => !antialias)
    expect(plain).toHaveLength(3)
    const [height, width] = input
    for (const { size, norm, mean, at, value } of plain) {
      const target = new Float32Array(3 * size[0] * size[1])
      const to = { width: size[1], height: size[0] }
      inputFiller({ width, height }, to, rule({})).fill(goldenImage(height, width), target)
      for (const [i, index] of at.entries()) expect(target[index]).toBeCloseTo(value[i] ?? 0, 6)
      expect(Math.hypot(...target) / norm).toBeCloseTo(1, 6)
      expect(target.reduce((sum, v) => sum + v, 0) / target.length / mean).toBeCloseTo(1, 6)
    }
  })
})

const square = { width: 2, height: 2 }
const pixels = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)

function filled(part: Partial<ModelDescription['input']>, input = square): number[] {
  const count = input.width * input.height * 3
  const target = part.type === 'uint8' ? new Uint8Array(count) : new Float32Array(count)
  inputFiller(square, input, rule(part)).fill(pixels, target)
  return Array.from(target)
}

describe('An input tensor', () => {
  test('holds planes or pixels, in either order of the colours', () => {
    const scale = 1
    expect(filled({ scale })).toEqual([10, 40, 70, 100, 20, 50, 80, 110, 30, 60, 90, 120])
    expect(filled({ scale, layout: 'NHWC' })).toEqual(Array.from(pixels))
    expect(filled({ scale, channels: 'BGR' }).slice(0, 4)).toEqual([30, 60, 90, 120])
    expect(filled({ scale, layout: 'NHWC', channels: 'BGR' }).slice(0, 3)).toEqual([30, 20, 10])
  })

  test("is normalised per channel, in the network's order of the colours", () => {
    const part = { scale: 0.5, mean: [1, 2, 3], deviation: [2, 4, 8] } satisfies Partial<
      ModelDescription['input']
    >
    const first = (values: number[]) => [values[0], values[4], values[8]]
    expect(first(filled(part))).toEqual([(5 - 1) / 2, (10 - 2) / 4, (15 - 3) / 8])
    expect(first(filled({ ...part, channels: 'BGR' }))).toEqual([
      (15 - 1) / 2,
      (10 - 2) / 4,
      (5 - 3) / 8,
    ])
  })

  test('of bytes is rounded to the nearest', () => {
    const wide = filled({ scale: 1, type: 'uint8' }, { width: 4, height: 2 })
    expect(wide.slice(0, 4)).toEqual([10, 18, 33, 40])
  })

  test('is padded with zeros where the picture keeps its shape', () => {
    const input = { width: 3, height: 2 }
    expect(contentSize({ width: 1000, height: 500 }, input, 'pad')).toEqual({ width: 3, height: 2 })
    expect(contentSize(square, input, 'stretch')).toEqual(input)
    expect(filled({ scale: 1, resize: 'pad' }, input).slice(0, 6)).toEqual([10, 40, 0, 70, 100, 0])
  })

  test('leaves nothing of the picture before it', () => {
    const input = { width: 3, height: 2 }
    const filler = inputFiller(square, input, rule({ scale: 1, resize: 'pad' }))
    const target = new Float32Array(18).fill(7)
    filler.fill(pixels, target)
    expect(target[2]).toBe(0)
  })
})
