import { describe, expect, test } from 'vitest'
import { matchObjects } from '../../../src/engine/metrics/match-objects.ts'
import { defaultObjectOptions, objectScorer } from '../../../src/engine/metrics/object-scores.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomPairs } from '../../fixtures/mask-pairs.ts'
import { randomMask } from '../../fixtures/random-masks.ts'

function scoresOf(truth: ClassMask, predicted: ClassMask, options = defaultObjectOptions) {
  const scorer = objectScorer([1], options)
  scorer.add(truth, predicted)
  return scorer.scoresOf(1)
}

const compare = (truth: string, predicted: string) =>
  scoresOf(drawnMask(truth), drawnMask(predicted))

/** Three by three dots; `shown` of them, row by row, the rest empty. */
const dots = (shown: number): ClassMask => ({
  width: 6,
  height: 6,
  data: Uint8Array.from({ length: 36 }, (_, pixel) => {
    const [x, y] = [pixel % 6, Math.floor(pixel / 6)]
    return x % 2 === 0 && y % 2 === 0 && (y / 2) * 3 + x / 2 < shown ? 1 : 0
  }),
})

describe('Objects', () => {
  test('that are half of those there are give a row of 12 found, 6 missed, 0 false', () => {
    const scorer = objectScorer([1])
    for (let picture = 0; picture < 2; picture++) scorer.add(dots(9), dots(6))
    expect(scorer.scoresOf(1)).toEqual({
      found: 12,
      missed: 6,
      false: 0,
      accuracy: 12 / 18,
      precision: 1,
      recall: 12 / 18,
      f1: 24 / 30,
      foundIou: 1,
      merged: 0,
      split: 0,
    })
  })

  test('are found with an IoU of a half, and not below', () => {
    expect(compare('1111', '11..')).toMatchObject({ found: 1, foundIou: 0.5 })
    expect(compare('11111', '11...')).toMatchObject({ found: 0, missed: 1, false: 1 })
  })

  test('that are taken for one are a merged one, and their other is missed', () => {
    expect(compare('11.111', '111111')).toMatchObject({ found: 1, missed: 1, false: 0, merged: 1 })
  })

  test('in two pieces are split, and the smaller piece is false', () => {
    expect(compare('111111', '1111.1')).toMatchObject({ found: 1, missed: 0, false: 1, split: 1 })
  })

  test('do not exist where the truth ignores what is there', () => {
    expect(compare('1..xx', '1..11')).toMatchObject({ found: 1, missed: 0, false: 0 })
  })

  test('have at least so many pixels', () => {
    const options = { minimumIou: 0.5, minimumPixels: 2 }
    expect(scoresOf(drawnMask('11...'), drawnMask('11..1'), options)).toMatchObject({
      found: 1,
      false: 0,
    })
  })

  test('have no score where there are none', () => {
    expect(compare('....', '....')).toMatchObject({ accuracy: null, precision: null, f1: null })
    expect(compare('....', '1...')).toMatchObject({ accuracy: 0, precision: 0, recall: null })
  })

  test('are all found by a mask in itself', () => {
    fc.assert(
      fc.property(randomMask({ classes: 3, ignore: true }), (mask) => {
        expect(scoresOf(mask, mask)).toMatchObject({ missed: 0, false: 0, merged: 0, split: 0 })
      }),
    )
  })

  test('missed and false, merged and split change places with truth and prediction', () => {
    fc.assert(
      fc.property(randomPairs({ classes: 3, ignore: true }), ({ truth, predicted }) => {
        const [there, back] = [scoresOf(truth, predicted), scoresOf(predicted, truth)]
        expect(back).toMatchObject({
          found: there.found,
          missed: there.false,
          false: there.missed,
          merged: there.split,
          split: there.merged,
        })
      }),
    )
  })
})

describe('A matching', () => {
  test('takes the pair with the highest IoU first, even where that leaves others alone', () => {
    const overlaps = [
      { truth: 0, predicted: 0, pixels: 6 },
      { truth: 0, predicted: 1, pixels: 4 },
      { truth: 1, predicted: 0, pixels: 4 },
    ]
    const pair = { truth: [10, 4], predicted: [10, 4], overlaps }
    expect(matchObjects(pair, 0.3)).toEqual([{ truth: 0, predicted: 0, iou: 6 / 14 }])
    expect(matchObjects(pair, 0.45)).toEqual([])
  })
})
