import { describe, expect, it } from 'vitest'
import { augment } from '../../../src/engine/augment/augment.ts'
import { normalQuantile } from '../../../src/engine/augment/colour/normal-quantiles.ts'
import type { Sample } from '../../../src/engine/augment/sample.ts'
import { type AugmentGolden, augmentGoldens } from '../../fixtures/augment-goldens.ts'

const families = ['geometry', 'resize', 'colour', 'filter']

/** The largest and the mean difference of two pictures' values. */
function differences(a: Uint8Array, b: Uint8Array): { most: number; mean: number } {
  expect(a.length).toBe(b.length)
  const all = Array.from(a, (value, i) => Math.abs(value - (b[i] ?? 0)))
  return { most: Math.max(...all), mean: all.reduce((sum, each) => sum + each, 0) / all.length }
}

function sampleOf(
  golden: AugmentGolden,
  inputs: ReturnType<typeof augmentGoldens>['inputs'],
): Sample {
  const picture = inputs[golden.input]
  const mask = golden.mask && inputs[golden.mask.input]
  if (!picture) throw new Error(`no input ${golden.input}`)
  const { width, height, data } = picture
  return { width, height, picture: data, mask: mask?.data ?? null }
}

for (const family of families) {
  const { inputs, cases } = augmentGoldens(family)
  describe(`Operations of the ${family} goldens`, () => {
    it.each(cases.map((golden) => [golden.name, golden] as const))(
      'agree with the other program: %s',
      async (_name, golden) => {
        const given = sampleOf(golden, inputs)
        const { sample, drawn } = await augment(given, golden.pipeline, {
          ...{ seed: 1, epoch: 0, image: 0 },
        })
        if (golden.values) expect(drawn[0]?.values).toEqual(golden.values)
        expect([sample.width, sample.height]).toEqual([golden.output.width, golden.output.height])
        const { most, mean } = differences(sample.picture, golden.output.data)
        expect(most).toBeLessThanOrEqual(golden.most)
        expect(mean).toBeLessThanOrEqual(golden.mean)
        if (golden.mask) expect(sample.mask).toEqual(golden.mask.output.data)
      },
    )
  })
}

describe('Noise', () => {
  it('has the quantiles of the normal distribution', () => {
    for (const [share, value] of augmentGoldens('normal').quantiles)
      expect(Math.abs(normalQuantile(share) - value)).toBeLessThan(
        2e-9 * Math.max(1, -value, value),
      )
  })
})
