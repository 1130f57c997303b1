import { describe, expect, test } from 'vitest'
import { defaultBoundaryOptions } from '../../../src/engine/metrics/boundary-scores.ts'
import { type MaskPair, maskScorer, scoreMasks } from '../../../src/engine/metrics/mask-scores.ts'
import { defaultObjectOptions } from '../../../src/engine/metrics/object-scores.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { type RandomPair, randomPairs } from '../../fixtures/mask-pairs.ts'

const named = (...names: string[]) => names.map((name, index) => ({ index, name }))
const everything = {
  boundary: defaultBoundaryOptions,
  objects: { classes: [0, 1, 2], ...defaultObjectOptions },
}

async function* each(pairs: readonly RandomPair[]): AsyncIterable<MaskPair> {
  for (const [i, pair] of pairs.entries()) yield { name: `${i}.png`, ...pair }
}

const swapped = ({ width, height, data }: ClassMask): ClassMask => ({
  width,
  height,
  data: data.map((index) => (index === 255 ? 255 : 2 - index)),
})

describe('Scores of masks', () => {
  test('say all that was asked for, by the names of the classes', async () => {
    const truth = drawnMask('11.. 11.. .... ..22')
    const scorer = await scoreMasks(each([{ truth, predicted: truth }]), {
      boundary: defaultBoundaryOptions,
      objects: { classes: [2], ...defaultObjectOptions },
    })
    const scores = scorer.result(named('background', 'cap', 'mask'))
    expect(scores).toMatchObject({
      images: 1,
      meanIou: 1,
      pixelAccuracy: 1,
      confusion: {
        counts: [
          [10, 0, 0],
          [0, 4, 0],
          [0, 0, 2],
        ],
      },
      ignored: { truth: 0, prediction: 0 },
      boundary: { tolerance: 0.0075, meanF1: 1, meanIou: 1 },
      objects: { minimumIou: 0.5, classes: [{ name: 'mask', found: 1, missed: 0, false: 0 }] },
    })
    expect(scores.classes.map(({ name, pixels }) => [name, pixels])).toEqual([
      ['background', 10],
      ['cap', 4],
      ['mask', 2],
    ])
    expect(scores.boundary?.classes.map(({ name, f1 }) => [name, f1])).toEqual([
      ['background', 1],
      ['cap', 1],
      ['mask', 1],
    ])
  })

  test('leave out outlines and objects unless asked for', () => {
    const { boundary, objects } = maskScorer().result(named('background'))
    expect([boundary, objects]).toEqual([undefined, undefined])
  })

  test('follow the classes when these are numbered differently', () => {
    fc.assert(
      fc.property(
        fc.array(randomPairs({ classes: 3, ignore: true }), { maxLength: 3 }),
        (pairs) => {
          const [plain, other] = [maskScorer(everything), maskScorer(everything)]
          for (const { truth, predicted } of pairs) {
            plain.add({ name: '', truth, predicted })
            other.add({ name: '', truth: swapped(truth), predicted: swapped(predicted) })
          }
          const renamed = [2, 1, 0].map((index) => ({ index, name: `${2 - index}` }))
          expect(other.result(renamed)).toEqual(plain.result(named('0', '1', '2')))
        },
      ),
    )
  })

  test('refuse two masks of different sizes, by name', () => {
    const pair = { name: 'a.png', truth: drawnMask('11 11'), predicted: drawnMask('1111') }
    const error = caught(() => maskScorer().add(pair))
    expect(error.code).toBe('mask-size-differs')
    expect(error.message).toBe('a.png is 2x2 in the truth and 4x1 in the prediction')
  })

  test('stop between two masks when they are cancelled', async () => {
    const controller = new AbortController()
    let given = 0
    async function* endless(): AsyncIterable<MaskPair> {
      for (;;) {
        if (++given === 3) controller.abort()
        yield { name: 'a.png', truth: drawnMask('1.'), predicted: drawnMask('1.') }
      }
    }
    const error = await rejection(scoreMasks(endless(), {}, controller.signal))
    expect([error.code, given]).toEqual(['cancelled', 3])
  })
})
