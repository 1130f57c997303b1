import { describe, expect, it } from 'vitest'
import type { Sample } from '../../../src/engine/augment/sample.ts'
import { augmentWith, encodedSample, shownClass } from '../../fixtures/augment-samples.ts'
import fc from '../../fixtures/fast-check.ts'

const borders = fc.constantFrom(
  { border: 'colour', colour: [7, 7, 7], borderMask: 'ignore' },
  { border: 'colour', colour: [7, 7, 7], borderMask: 'background' },
  { border: 'edge', borderMask: 'same' },
  { border: 'mirror', borderMask: 'same' },
)

const movement = fc.oneof(
  fc.constant({ kind: 'flip-left-right', probability: 1 }),
  fc.constant({ kind: 'flip-up-down', probability: 1 }),
  borders.map((border) => ({
    kind: 'affine',
    rotate: [-45, 45],
    scale: [0.6, 1.6],
    shearX: [-15, 15],
    translateX: [-0.2, 0.2],
    translateY: [-0.2, 0.2],
    ...border,
  })),
  fc.tuple(borders, fc.integer({ min: 10, max: 60 })).map(([border, width]) => ({
    ...{ kind: 'crop', width, height: 40 },
    ...border,
  })),
  fc.constant({ kind: 'crop-resize', area: [0.3, 1] }),
  fc.constant({ kind: 'resize', width: 71, height: 50 }),
  borders.map((border) => ({ kind: 'resize', width: 64, height: 64, fit: 'contain', ...border })),
  fc.constant({ kind: 'resize-side', length: [20, 80] }),
  borders.map((border) => ({ kind: 'pad-multiple', multiple: 16, ...border })),
  fc.constant({ kind: 'grid-distortion', cells: 4 }),
)

/** Share of the pixels in one pure colour whose class in the mask is that colour's. */
function agreement(sample: Sample): { pure: number; agree: number } {
  let [pure, agree] = [0, 0]
  sample.mask?.forEach((label, pixel) => {
    const shown = shownClass(sample, pixel)
    if (shown === null) return
    pure++
    if (shown === label) agree++
  })
  return { pure, agree }
}

describe('A picture whose colours are its classes', () => {
  it('has the classes of its colours in the mask after any movements', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(movement, { minLength: 1, maxLength: 4 }),
        fc.nat(1000),
        async (pipeline, image) => {
          const { sample } = await augmentWith(pipeline, encodedSample(48, 36), { image })
          const { pure, agree } = agreement(sample)
          expect(agree).toBe(pure)
        },
      ),
      { numRuns: 150, seed: 8 },
    )
  })

  it('keeps its mask when only colours change', async () => {
    const kinds = ['brightness', 'contrast', 'hue-saturation', 'gamma', 'noise', 'clahe']
    const filters = ['equalise', 'sharpen', 'gaussian-blur', 'jpeg', 'cutout']
    const given = encodedSample(32, 24)
    for (const kind of [...kinds, ...filters]) {
      const { sample } = await augmentWith([{ kind }], given)
      expect(sample.mask, kind).toEqual(given.mask)
    }
  })

  it('shows what is beyond it as it is told, and says so in the mask', async () => {
    const given = encodedSample(20, 10)
    const beyond = { kind: 'affine', translateX: 0.5, colour: [7, 8, 9] }
    const { sample } = await augmentWith([beyond], given)
    expect([...sample.picture.subarray(0, 3)]).toEqual([7, 8, 9])
    expect(sample.mask?.[0]).toBe(255)
    expect(sample.mask?.[10]).toBe(given.mask?.[0])
    const background = await augmentWith([{ ...beyond, borderMask: 'background' }], given)
    expect(background.sample.mask?.[0]).toBe(0)
    const mirror = { ...beyond, border: 'mirror', borderMask: 'same' }
    const mirrored = await augmentWith([mirror], given)
    expect(mirrored.sample.mask?.[9]).toBe(given.mask?.[0])
    expect(mirrored.sample.mask?.[0]).toBe(given.mask?.[9])
  })

  it('keeps the border of every movement when several become one', async () => {
    const away = { kind: 'affine', translateX: 0.5, colour: [1, 1, 1] }
    const back = { kind: 'affine', translateX: -0.5, colour: [2, 2, 2], borderMask: 'background' }
    const given = encodedSample(20, 10)
    const { sample } = await augmentWith([away, back], given)
    // Its right half left the picture on the way, and does not come back.
    expect(sample.picture.subarray(0, 30)).toEqual(given.picture.subarray(0, 30))
    expect([...(sample.mask?.subarray(10, 20) ?? [])]).toEqual(Array(10).fill(0))
    expect([...sample.picture.subarray(30, 33)]).toEqual([2, 2, 2])
  })
})

describe('Movements that undo each other', () => {
  it('give the very same picture, for they are resampled once', async () => {
    const given = encodedSample(31, 23)
    const there = { kind: 'affine', rotate: 33, scale: 0.5 }
    const back = { kind: 'affine', rotate: -33, scale: 2 }
    const { sample } = await augmentWith([there, { kind: 'affine' }, back], given)
    expect(sample.mask).toEqual(given.mask)
    const pixels = sample.picture.filter(
      (value, i) => Math.abs(value - (given.picture[i] ?? 0)) > 1,
    )
    expect(pixels).toHaveLength(0)
  })
})
