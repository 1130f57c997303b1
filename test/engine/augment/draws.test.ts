import { describe, expect, it } from 'vitest'
import type { Drawn } from '../../../src/engine/augment/draw.ts'
import { augmentWith, encodedSample } from '../../fixtures/augment-samples.ts'
import fc from '../../fixtures/fast-check.ts'

const everything = [
  { kind: 'flip-left-right' },
  {
    kind: 'some-of',
    count: [1, 3],
    order: 'random',
    steps: [
      { kind: 'affine', rotate: [-45, 45], shearX: [-5, 5] },
      { kind: 'grid-distortion' },
      { kind: 'crop', width: 20, height: 20 },
    ],
  },
  { kind: 'one-of', steps: [{ kind: 'sharpen' }, { kind: 'gaussian-blur' }, { kind: 'clahe' }] },
  { kind: 'noise', deviation: [0.01, 0.05] },
  { kind: 'cutout', fill: 'noise' },
  { kind: 'jpeg' },
]

const kindsOf = (drawn: readonly Drawn[]): string[] => drawn.map(({ kind }) => kind)

describe('The draw of a picture in an epoch', () => {
  const given = encodedSample(33, 27)

  it('gives the same sample again for the same seed, epoch and picture', async () => {
    for (let image = 0; image < 8; image++) {
      const draw = { seed: 5, epoch: 3, image }
      const first = await augmentWith(everything, given, draw)
      const again = await augmentWith(everything, given, draw)
      expect(again.sample).toEqual(first.sample)
      expect(again.drawn.map(({ values }) => values)).toEqual(
        first.drawn.map(({ values }) => values),
      )
    }
  })

  it('differs between seeds, epochs and pictures', async () => {
    const draws = [{}, { seed: 2 }, { epoch: 1 }, { image: 1 }]
    const pictures = await Promise.all(
      draws.map(async (draw) => {
        const { sample } = await augmentWith([{ kind: 'noise', deviation: 0.1 }], given, draw)
        return Buffer.from(sample.picture).toString('hex')
      }),
    )
    expect(new Set(pictures).size).toBe(4)
  })

  it('leaves the sample alone, and gives its very arrays back where nothing is done', async () => {
    const before = structuredClone(given)
    const kinds = everything.map((step) => ({ ...step, probability: 0 }))
    const { sample, drawn } = await augmentWith(kinds, given)
    expect(drawn).toEqual([])
    expect(sample.picture).toBe(given.picture)
    for (let image = 0; image < 5; image++) await augmentWith(everything, given, { image })
    await augmentWith(
      [
        { kind: 'brightness', offset: 0.2 },
        { kind: 'cutout', mask: 'ignore' },
      ],
      given,
    )
    expect(given).toEqual(before)
  })

  it('leaves a sample of Buffers alone too, whose slices share their bytes', async () => {
    const { picture, mask } = given
    const buffers = { ...given, picture: Buffer.from(picture), mask: Buffer.from(mask ?? []) }
    const hide = { kind: 'cutout', mask: 'ignore', count: 3 }
    await augmentWith([{ kind: 'brightness', offset: 0.2 }, hide], buffers)
    expect(buffers.picture.equals(picture)).toBe(true)
    expect(buffers.mask.equals(mask ?? new Uint8Array())).toBe(true)
  })

  it('draws a step alike whatever parameters the steps before it have', async () => {
    const last = { kind: 'brightness' }
    const one = await augmentWith([{ kind: 'gamma' }, last], given)
    const other = await augmentWith([{ kind: 'noise', deviation: [0, 0.2] }, last], given)
    expect(one.drawn[1]?.values).toEqual(other.drawn[1]?.values)
  })
})

describe('What is drawn', () => {
  const given = encodedSample(16, 12)

  it('stays within its range', async () => {
    const angle = fc.double({ min: -180, max: 180, noNaN: true })
    await fc.assert(
      fc.asyncProperty(angle, angle, fc.nat(10_000), async (a, b, image) => {
        const rotate = [Math.min(a, b), Math.max(a, b)] as const
        const { drawn } = await augmentWith(
          [
            { kind: 'affine', rotate },
            { kind: 'jpeg', quality: [50, 52] },
          ],
          given,
          { image },
        )
        const [turned, stored] = drawn.map(({ values }) => values)
        expect(turned?.rotate).toBeGreaterThanOrEqual(rotate[0])
        expect(turned?.rotate).toBeLessThanOrEqual(rotate[1])
        expect([50, 51, 52]).toContain(stored?.quality)
      }),
      { numRuns: 60, seed: 3 },
    )
  })

  it('reaches both ends of a range of whole numbers', async () => {
    const seen = new Set<unknown>()
    for (let image = 0; image < 60; image++) {
      const { drawn } = await augmentWith([{ kind: 'jpeg', quality: [50, 52] }], given, { image })
      seen.add(drawn[0]?.values.quality)
    }
    expect([...seen].sort()).toEqual([50, 51, 52])
  })

  it('happens as often as its probability says', async () => {
    let flipped = 0
    for (let image = 0; image < 600; image++) {
      const { drawn } = await augmentWith([{ kind: 'flip-left-right', probability: 0.3 }], given, {
        image,
      })
      flipped += drawn.length
    }
    // Three deviations of 600 draws.
    expect(Math.abs(flipped / 600 - 0.3)).toBeLessThan(3 * Math.sqrt((0.3 * 0.7) / 600))
  })

  it('is one of the steps, each as often as the others', async () => {
    const steps = ['gamma', 'contrast', 'brightness'].map((kind) => ({ kind }))
    const counts = new Map<string, number>()
    for (let image = 0; image < 600; image++) {
      const { drawn } = await augmentWith([{ kind: 'one-of', steps }], given, { image })
      expect(drawn).toHaveLength(1)
      for (const kind of kindsOf(drawn)) counts.set(kind, (counts.get(kind) ?? 0) + 1)
    }
    for (const kind of ['gamma', 'contrast', 'brightness'])
      expect(Math.abs((counts.get(kind) ?? 0) - 200)).toBeLessThan(40)
  })

  it('is so many of the steps, no one twice, in their order or in any', async () => {
    const kinds = ['gamma', 'contrast', 'brightness', 'equalise']
    const steps = kinds.map((kind) => ({ kind }))
    const orders = { given: new Set<string>(), random: new Set<string>() }
    for (let image = 0; image < 200; image++)
      for (const order of ['given', 'random'] as const) {
        const pipeline = [{ kind: 'some-of', count: [2, 3], order, steps }]
        const { drawn } = await augmentWith(pipeline, given, { image })
        const found = kindsOf(drawn)
        expect([2, 3]).toContain(new Set(found).size)
        expect(new Set(found).size).toBe(found.length)
        orders[order].add(found.join(' '))
      }
    const inOrder = [...orders.given].every((text) => {
      const places = text.split(' ').map((kind) => kinds.indexOf(kind))
      return places.every((place, i) => i === 0 || place > (places[i - 1] ?? 0))
    })
    expect(inOrder).toBe(true)
    expect(orders.random.size).toBeGreaterThan(orders.given.size)
  })
})

describe('Noise', () => {
  it('has the deviation that was drawn, the same for all channels only where told', async () => {
    const grey = { width: 200, height: 200, picture: new Uint8Array(120_000).fill(128), mask: null }
    for (const perChannel of [true, false]) {
      const step = { kind: 'noise', deviation: 0.05, perChannel }
      const { picture } = (await augmentWith([step], grey)).sample
      const values = Array.from(picture, (value) => value - 128)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const deviation = Math.sqrt(
        values.reduce((sum, value) => sum + value * value, 0) / values.length,
      )
      expect(Math.abs(mean)).toBeLessThan(0.3)
      expect(Math.abs(deviation - 0.05 * 255)).toBeLessThan(0.3)
      const isGrey = picture.every((value, i) => value === picture[i - (i % 3)])
      expect(isGrey).toBe(!perChannel)
    }
  })
})
