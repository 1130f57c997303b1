import { describe, expect, it } from 'vitest'
import type { OutputShape } from '../../../src/engine/infer/network-output.ts'
import { probabilityMapper } from '../../../src/engine/infer/probability-map.ts'
import type { GridCover } from '../../../src/engine/infer/score-plan.ts'
import { caught } from '../../fixtures/caught.ts'
import { naiveProbability } from '../../fixtures/naive-scores.ts'

const shape: OutputShape = {
  channels: 3,
  width: 5,
  height: 4,
  layout: 'NCHW',
  kind: 'logits',
  person: [1],
}
const points = shape.width * shape.height
const values = Float32Array.from({ length: 3 * points }, (_, i) => 4 * Math.sin(i * 1.7))
const whole: GridCover = {
  x: { points: 5, start: 0, cover: 5 },
  y: { points: 4, start: 0, cover: 4 },
}

describe('a probability map', () => {
  it('holds the softmax at each point of the output, as bytes', () => {
    const { width, height, data } = probabilityMapper(shape, whole)(values)
    expect({ width, height }).toEqual({ width: 5, height: 4 })
    for (let point = 0; point < points; point++) {
      const powers = [0, 1, 2].map((channel) => Math.exp(values[channel * points + point] ?? 0))
      const [background = 0, person = 0, other = 0] = powers
      expect(data[point]).toBe(Math.round((255 * person) / (background + person + other)))
    }
  })

  it('covers the picture alone where the input is padded', () => {
    const padded: GridCover = { x: whole.x, y: { points: 4, start: 0, cover: 2.6 } }
    const map = probabilityMapper(shape, padded)(values)
    expect(map).toMatchObject({ width: 5, height: 3 })
    map.data.forEach((byte, i) => {
      const p = naiveProbability(values, shape, map, padded, i % 5, Math.floor(i / 5))
      expect(Math.abs(byte - 255 * p)).toBeLessThanOrEqual(0.5 + 1e-9)
    })
  })

  it('of values that are no numbers is an error', () => {
    const broken = values.map((value, i) => (i === 27 ? Number.NaN : value))
    const error = caught(() => probabilityMapper(shape, whole)(broken))
    expect(error.code).toBe('bad-model')
  })
})
