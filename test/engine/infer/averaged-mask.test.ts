import { expect, test } from 'vitest'
import { averagedMask, type SeenView } from '../../../src/engine/infer/averaged-mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import { goldenFloat32 } from '../../fixtures/golden-hash.ts'

/** A look whose output has one grid point for each pixel. */
function seen(
  name: string,
  place: { x: number; y: number; width: number; height: number; isMirrored?: boolean },
  channels: number,
): SeenView {
  const { width, height, isMirrored = false } = place
  return {
    view: { ...place, isMirrored, input: { width, height } },
    shape: { channels, width, height, layout: 'NCHW', kind: 'logits', person: [] },
    cover: {
      x: { points: width, start: 0, cover: width },
      y: { points: height, start: 0, cover: height },
    },
    values: goldenFloat32(name, channels * width * height).map((value) => 6 * value),
  }
}

/** Softmax of a look's values at a pixel of the picture; null where it does not see it. */
function probabilities({ view, shape, values }: SeenView, x: number, y: number): number[] | null {
  const [column, row] = [x - view.x, y - view.y]
  if (column < 0 || row < 0 || column >= view.width || row >= view.height) return null
  const place = row * view.width + (view.isMirrored ? view.width - 1 - column : column)
  const powers = Array.from({ length: shape.channels }, (_, c) =>
    Math.exp(values[c * view.width * view.height + place] ?? 0),
  )
  const sum = powers.reduce((a, b) => a + b)
  return powers.map((power) => power / sum)
}

test('The class of a pixel is the one with the largest mean probability of all looks at it', () => {
  const size = { width: 9, height: 7 }
  const looks = [
    seen('whole', { x: 0, y: 0, ...size }, 4),
    seen('mirrored', { x: 0, y: 0, ...size, isMirrored: true }, 4),
    seen('part', { x: 3, y: 2, width: 6, height: 5 }, 4),
  ]
  // Two channels stand for one class.
  const classOf = [0, 5, 5, 7]
  const { data } = averagedMask(looks, size, classOf)
  const expected = Array.from({ length: 63 }, (_, i) => {
    const all = looks.flatMap((each) => [probabilities(each, i % 9, Math.floor(i / 9)) ?? []])
    const mean = classOf.map((_, c) => all.reduce((sum, each) => sum + (each[c] ?? 0), 0))
    const totals = [mean[0] ?? 0, (mean[1] ?? 0) + (mean[2] ?? 0), mean[3] ?? 0]
    return [0, 5, 7][totals.indexOf(Math.max(...totals))]
  })
  expect([...data]).toEqual(expected)
  expect(new Set(expected).size).toBe(3)
})

test('A single channel is its class where its mean probability is at least a half', () => {
  const size = { width: 5, height: 4 }
  const looks = [seen('one', { x: 0, y: 0, ...size }, 1), seen('two', { x: 0, y: 0, ...size }, 1)]
  const sigmoid = (value: number) => 1 / (1 + Math.exp(-value))
  const expected = Array.from({ length: 20 }, (_, i) => {
    const sum = looks.reduce((total, { values }) => total + sigmoid(values[i] ?? 0), 0)
    return sum >= 1 ? 3 : 0
  })
  expect([...averagedMask(looks, size, [3]).data]).toEqual(expected)
  expect(new Set(expected).size).toBe(2)
})

test('Values that are not numbers are refused', async () => {
  const broken = seen('whole', { x: 0, y: 0, width: 2, height: 2 }, 2)
  broken.values[3] = Number.NaN
  const answer = Promise.resolve().then(() =>
    averagedMask([broken], { width: 2, height: 2 }, [0, 1]),
  )
  expect((await rejection(answer)).code).toBe('bad-model')
})
