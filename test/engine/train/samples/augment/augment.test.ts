import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { sampleMaker } from '../../../../../src/engine/train/samples/augment/augment.ts'
import { randomFrom } from '../../../../../src/engine/train/samples/random.ts'
import type { TrainingSample } from '../../../../../src/engine/train/types.ts'
import { type Augmentation, augmentationSchema } from '../../../../../src/shared/train-settings.ts'

const size = { width: 40, height: 30 }
const pixels = size.width * size.height

const rule = (changes: z.input<typeof augmentationSchema>): Augmentation =>
  augmentationSchema.parse(changes)

/** Grey with a slope; a person of one colour fills a box. */
function frame(box: { left: number; top: number; right: number; bottom: number }, label = 1) {
  const sample = { picture: new Uint8Array(3 * pixels), mask: new Uint8Array(pixels) }
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const pixel = y * size.width + x
      const inside = x >= box.left && x < box.right && y >= box.top && y < box.bottom
      sample.mask[pixel] = inside ? label : 0
      sample.picture.set(inside ? [250, 20, 30] : [x * 2, y * 3, 100], 3 * pixel)
    }
  return sample
}

const person = frame({ left: 10, top: 8, right: 18, bottom: 22 })
const nobody = frame({ left: 0, top: 0, right: 0, bottom: 0 })
/** Halfway between the red of the person and that of what is around. */
const isPerson = (picture: ArrayLike<number>, pixel: number) => (picture[3 * pixel] ?? 0) > 139

const areaOf = ({ mask }: TrainingSample) =>
  mask.reduce((sum, label) => sum + Number(label === 1), 0)

describe('samples', () => {
  test('are the labelled frames themselves where nothing is to be changed', () => {
    const sample = sampleMaker({ frames: [person], background: null, size }, rule({}))(
      0,
      randomFrom(1),
    )
    expect([...sample.picture]).toEqual([...person.picture])
    expect(sample.mask).toEqual(person.mask)
  })

  test('are equal for equal draws, leave their frames as they are, and differ for others', () => {
    const all = rule({
      flip: true,
      rotation: 20,
      scale: [0.8, 1.2],
      shift: { x: 0.1, y: 0.1 },
      crop: 0.7,
      contrast: 0.2,
      brightness: 0.1,
      colour: 0.1,
      blur: 1,
      noise: 0.02,
      paste: { share: 1, scale: [0.9, 1.1], shift: { x: 0.2, y: 0.1 }, soft: 0.5 },
      emptyShare: 0.5,
    })
    const before = Uint8Array.from(person.picture)
    const make = sampleMaker({ frames: [person], background: nobody.picture, size }, all)
    expect(make(0, randomFrom(7))).toEqual(make(0, randomFrom(7)))
    expect(make(0, randomFrom(7))).not.toEqual(make(0, randomFrom(8)))
    expect(person.picture).toEqual(before)
  })

  test.each([
    ['flip', rule({ flip: true }), 0.95],
    ['rotation', rule({ rotation: 180 }), 0.8],
    ['scale', rule({ scale: [1.3, 1.3] }), 0.9],
    ['shift', rule({ shift: { x: 0.3, y: 0.3 } }), 0.9],
    ['crop', rule({ crop: 0.6 }), 0.9],
  ])('move picture and mask together: %s', (_, changes, least) => {
    const make = sampleMaker({ frames: [person], background: null, size }, changes)
    for (let seed = 0; seed < 20; seed++) {
      const { picture, mask } = make(0, randomFrom(seed))
      let both = 0
      let either = 0
      for (let pixel = 0; pixel < pixels; pixel++) {
        if (mask[pixel] === 255) continue
        const [seen, labelled] = [isPerson(picture, pixel), mask[pixel] === 1]
        both += Number(seen && labelled)
        either += Number(seen || labelled)
      }
      expect(either === 0 ? 1 : both / either).toBeGreaterThan(least)
    }
  })

  test('are turned about the centre, the way the hands of a clock go', () => {
    const middle = frame({ left: 19, top: 4, right: 21, bottom: 8 })
    const fixed = rule({ rotation: 90 })
    const make = sampleMaker({ frames: [middle], background: null, size }, fixed)
    const places = Array.from({ length: 40 }, (_, seed) => make(0, randomFrom(seed)).mask).map(
      (mask) => {
        const inside = [...mask.keys()].filter((pixel) => mask[pixel] === 1)
        const mean = (of: (pixel: number) => number) =>
          inside.reduce((sum, pixel) => sum + of(pixel) + 0.5, 0) / inside.length
        return [
          mean((pixel) => pixel % size.width) - 20,
          mean((pixel) => Math.floor(pixel / size.width)) - 15,
        ] as const
      },
    )
    for (const [x, y] of places) expect(Math.hypot(x, y)).toBeCloseTo(9, 0)
    expect(Math.max(...places.map(([x]) => x))).toBeGreaterThan(6)
    expect(Math.min(...places.map(([x]) => x))).toBeLessThan(-6)
  })

  test('ignore what lies beyond the picture', () => {
    const make = sampleMaker(
      { frames: [nobody], background: null, size },
      rule({ scale: [0.5, 0.5] }),
    )
    const { mask } = make(0, randomFrom(1))
    expect(mask.filter((label) => label === 255)).toHaveLength((pixels * 3) / 4)
  })

  test('show people of other frames at other places, labelled where they are seen', () => {
    const paste = { share: 1, scale: [0.8, 1.25], shift: { x: 0.3, y: 0.3 }, soft: 0 } as const
    const make = sampleMaker(
      { frames: [nobody, person], background: null, size },
      rule({ paste: { ...paste, scale: [0.8, 1.25] } }),
    )
    const areas = Array.from({ length: 40 }, (_, seed) => {
      const sample = make(0, randomFrom(seed))
      const wrong = [...sample.mask.keys()].filter(
        (pixel) => isPerson(sample.picture, pixel) !== (sample.mask[pixel] === 1),
      )
      expect(wrong.length).toBeLessThanOrEqual(0.15 * areaOf(sample))
      return areaOf(sample)
    })
    expect(Math.max(...areas)).toBeGreaterThan(areaOf(person))
    expect(areas.some((area) => area > 0 && area < areaOf(person))).toBe(true)
    // Half of the time the frame drawn has nobody to paste.
    expect(areas.filter((area) => area === 0).length).toBeGreaterThan(10)
  })

  test('blend soft edges into the picture', () => {
    const make = (soft: number) =>
      sampleMaker(
        { frames: [person], background: nobody.picture, size },
        rule({
          paste: { share: 1, scale: [1.1, 1.1], shift: { x: 0, y: 0 }, soft },
          emptyShare: 1,
        }),
      )(0, randomFrom(2))
    const [hard, soft] = [make(0), make(1)]
    expect(soft.mask).toEqual(hard.mask)
    for (let pixel = 0; pixel < pixels; pixel++) {
      const [was, now] = [nobody.picture[3 * pixel] ?? 0, hard.picture[3 * pixel] ?? 0]
      if (hard.mask[pixel] !== 1) expect(now).toBe(was)
    }
    const paler = (pixel: number) => (soft.picture[3 * pixel] ?? 0) < (hard.picture[3 * pixel] ?? 0)
    expect([...hard.mask.keys()].filter(paler).length).toBeGreaterThan(10)
  })

  test('keep the class of who is pasted', () => {
    const worker = frame({ left: 10, top: 8, right: 18, bottom: 22 }, 3)
    const make = sampleMaker(
      { frames: [worker], background: nobody.picture, size },
      rule({
        paste: { share: 1, scale: [0.9, 1.1], shift: { x: 0.1, y: 0.1 }, soft: 0.5 },
        emptyShare: 1,
      }),
    )
    expect(new Set(make(0, randomFrom(1)).mask)).toEqual(new Set([0, 3, 255]))
  })

  test('show things that moved at other places, turned any way, as background', () => {
    const thing = { picture: Uint8Array.from(person.picture), mask: new Uint8Array(pixels) }
    const make = sampleMaker(
      { frames: [nobody, thing, person, nobody], background: nobody.picture, size },
      rule({
        paste: { share: 0, scale: [0.9, 1.1], shift: { x: 0.2, y: 0.2 }, soft: 0, things: 0.5 },
      }),
    )
    const seen = Array.from({ length: 40 }, (_, seed) => {
      const { picture, mask } = make(0, randomFrom(seed))
      expect(Math.max(...mask)).toBe(0)
      return [...mask.keys()].filter((pixel) => isPerson(picture, pixel)).join()
    })
    const shown = seen.filter((places) => places !== '')
    expect(shown.length).toBeGreaterThan(10)
    expect(shown.length).toBeLessThan(30)
    expect(new Set(shown).size).toBe(shown.length)
  })

  test('show things behind people, who stay as they are', () => {
    const thing = { picture: Uint8Array.from(person.picture), mask: new Uint8Array(pixels) }
    const people = frame({ left: 12, top: 4, right: 30, bottom: 26 })
    const blue = people.picture.map((value, i) => (people.mask[Math.floor(i / 3)] ? 200 : value))
    const make = sampleMaker(
      { frames: [{ ...people, picture: blue }, thing], background: nobody.picture, size },
      rule({
        paste: { share: 0, scale: [1, 1], shift: { x: 0.2, y: 0.2 }, soft: 1, things: 1 },
      }),
    )
    for (let seed = 0; seed < 10; seed++) {
      const { picture, mask } = make(0, randomFrom(seed))
      expect(mask).toEqual(people.mask)
      for (const [pixel, label] of mask.entries())
        if (label === 1)
          expect([...picture.subarray(3 * pixel, 3 * pixel + 3)]).toEqual([200, 200, 200])
    }
  })

  test('are the empty scene for a share, without the pixels where somebody often is', () => {
    const frames = [person, nobody, nobody]
    const make = sampleMaker(
      { frames, background: nobody.picture, size },
      rule({ emptyShare: 0.25 }),
    )
    const samples = Array.from({ length: 200 }, (_, seed) => make(1, randomFrom(seed)))
    const empty = samples.filter(({ mask }) => mask.includes(255))
    expect(empty.length).toBeGreaterThan(30)
    expect(empty.length).toBeLessThan(70)
    expect(empty[0]?.mask).toEqual(person.mask.map((label) => (label === 1 ? 255 : 0)))
  })

  test('change in contrast, brightness and colour within what is allowed', () => {
    const grey = { picture: new Uint8Array(3 * pixels).fill(100), mask: new Uint8Array(pixels) }
    const make = sampleMaker(
      { frames: [grey], background: null, size },
      rule({ contrast: 0.2, brightness: 0.1, colour: 0.05 }),
    )
    const most = 0.2 * 27.5 + 0.15 * 255
    const seen = Array.from({ length: 300 }, (_, seed) => make(0, randomFrom(seed)).picture)
    const differences = seen.flatMap((picture) => [0, 1, 2].map((c) => (picture[c] ?? 0) - 100))
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(most)
    expect(Math.max(...differences)).toBeGreaterThan(0.6 * most)
    expect(Math.min(...differences)).toBeLessThan(-0.6 * most)
    expect(seen.every((picture) => picture[0] === picture[3 * (pixels - 1)])).toBe(true)
  })

  test('are blurred without a change of their mean, and noisy by as much as allowed', () => {
    const dot = { picture: new Uint8Array(3 * pixels), mask: new Uint8Array(pixels) }
    dot.picture[3 * (15 * size.width + 20)] = 255
    const sum = (picture: Float32Array) => picture.reduce((total, value) => total + value, 0)
    const blurred = sampleMaker({ frames: [dot], background: null, size }, rule({ blur: 2 }))
    const peaks = Array.from({ length: 20 }, (_, seed) => {
      const { picture } = blurred(0, randomFrom(seed))
      expect(sum(picture)).toBeCloseTo(255, 2)
      return picture.reduce((most, value) => Math.max(most, value), 0)
    })
    expect(Math.min(...peaks)).toBeLessThan(20)
    const noisy = sampleMaker({ frames: [nobody], background: null, size }, rule({ noise: 0.1 }))
    const deviations = Array.from({ length: 20 }, (_, seed) => {
      const { picture } = noisy(0, randomFrom(seed))
      const squares = picture.reduce((all, v, at) => all + (v - (nobody.picture[at] ?? 0)) ** 2, 0)
      return Math.sqrt(squares / picture.length)
    })
    expect(Math.max(...deviations)).toBeLessThan(27)
    expect(Math.max(...deviations)).toBeGreaterThan(15)
  })
})
