import { describe, expect, test } from 'vitest'
import { backgroundFrames, medianPicture } from '../../../../src/engine/train/scene/background.ts'
import fc from '../../../fixtures/fast-check.ts'

describe('the background of a tape', () => {
  test('is looked for in 30 frames from the first to the last, or in all of a short tape', () => {
    const frames = backgroundFrames(740)
    expect(frames).toHaveLength(30)
    expect([frames[0], frames.at(-1)]).toEqual([0, 739])
    expect(backgroundFrames(4)).toEqual([0, 1, 2, 3])
    expect(backgroundFrames(1)).toEqual([0])
  })

  test('is the median of each byte', () => {
    const pictures = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.array(fc.uint8Array({ minLength: 6, maxLength: 6 }), {
        minLength: count,
        maxLength: count,
      }),
    )
    fc.assert(
      fc.property(pictures, (list) => {
        const expected = Array.from({ length: 6 }, (_, at) => {
          const sorted = list.map((picture) => picture[at] ?? 0).sort((a, b) => a - b)
          const half = (sorted.length - 1) / 2
          const [low = 0, high = 0] = [sorted[Math.floor(half)], sorted[Math.ceil(half)]]
          return Math.floor((low + high) / 2)
        })
        expect([...medianPicture(list)]).toEqual(expected)
      }),
    )
  })

  test('cannot be the median of nothing, or of pictures of several sizes', () => {
    expect(() => medianPicture([])).toThrow(/of no pictures/)
    expect(() => medianPicture([new Uint8Array(3), new Uint8Array(6)])).toThrow(/several sizes/)
  })
})
