import { describe, expect, test } from 'vitest'
import { confusionOf, pixelCounts } from '../../../src/engine/metrics/confusion.ts'
import { caught } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'
import { type RandomPair, randomPairs } from '../../fixtures/mask-pairs.ts'

const classes = [0, 1, 2, 3]

/** Counts by the definition, a pixel at a time. */
function counted({ truth, predicted }: RandomPair): number[][] {
  return classes.map((t) =>
    classes.map((p) => {
      const hits = truth.data.filter((own, i) => own === t && predicted.data[i] === p)
      return hits.length
    }),
  )
}

describe('Counts of pixels', () => {
  test('are those of single pixels, wherever an array begins in its buffer', () => {
    fc.assert(
      fc.property(randomPairs({ classes: 4, ignore: true }), fc.nat(3), (pair, offset) => {
        const shifted = new Uint8Array(pair.truth.data.length + offset).subarray(offset)
        shifted.set(pair.truth.data)
        const counts = pixelCounts()
        counts.add(shifted, pair.predicted.data)
        expect(counts.matrix(classes)).toEqual(counted(pair))
      }),
    )
  })

  test('of the rows of a picture add up to those of the picture', () => {
    fc.assert(
      fc.property(randomPairs({ classes: 4, ignore: true }), ({ truth, predicted }) => {
        const [whole, rows] = [pixelCounts(), pixelCounts()]
        whole.add(truth.data, predicted.data)
        for (let start = 0; start < truth.data.length; start += truth.width)
          rows.add(
            truth.data.subarray(start, start + truth.width),
            predicted.data.subarray(start, start + truth.width),
          )
        expect(rows.matrix(classes)).toEqual(whole.matrix(classes))
        expect(rows.ignored()).toEqual(whole.ignored())
      }),
    )
  })

  test('come in the order of the classes asked for, whatever their indices', () => {
    const counts = pixelCounts()
    counts.add(Uint8Array.of(0, 7, 7, 254, 255), Uint8Array.of(7, 7, 0, 254, 7))
    expect(counts.matrix([254, 0, 7])).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
    ])
  })

  test('say which values occur on each side, and what is ignored on which', () => {
    const counts = pixelCounts()
    counts.add(Uint8Array.of(3, 255, 255, 9), Uint8Array.of(5, 255, 6, 255))
    expect(counts.values()).toEqual({ truth: [3, 9, 255], prediction: [5, 6, 255] })
    expect(counts.ignored()).toEqual({ truth: 2, prediction: 1 })
  })

  test('are refused for masks of different sizes', () => {
    const error = caught(() => pixelCounts().add(new Uint8Array(4), new Uint8Array(5)))
    expect(error.code).toBe('mask-size-differs')
  })
})

describe('A confusion matrix', () => {
  test('is divided by its rows and by its columns, and has no share of nothing', () => {
    expect(
      confusionOf([
        [6, 2, 0],
        [0, 2, 0],
        [0, 0, 0],
      ]),
    ).toMatchObject({
      byTruth: [
        [0.75, 0.25, 0],
        [0, 1, 0],
        [null, null, null],
      ],
      byPrediction: [
        [1, 0.5, null],
        [0, 0.5, null],
        [0, 0, null],
      ],
    })
  })
})
