import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pixelCounts } from '../../../src/engine/metrics/confusion.ts'
import { pixelScores } from '../../../src/engine/metrics/pixel-scores.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomPairs } from '../../fixtures/mask-pairs.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const score = z.number().nullable()
const goldenSchema = z.object({
  segmentation: z.array(
    z.object({
      name: z.string(),
      classes: z.number(),
      target: z.array(z.array(z.number())),
      prediction: z.array(z.array(z.number())),
      matrix: z.array(z.array(z.number())),
      scores: z.object({
        pixel_accuracy: score,
        class_accuracy: z.array(score),
        mean_class_accuracy: score,
        precision: z.array(score),
        recall: z.array(score),
        iou: z.array(score),
        mean_iou: score,
        dice: z.array(score),
        mean_dice: score,
        fw_iou: score,
      }),
    }),
  ),
})

/** Scores agree with the golden to 12 digits; null is null. */
function expectScores(actual: readonly (number | null)[], golden: readonly (number | null)[]) {
  expect(actual.length).toBe(golden.length)
  for (const [index, value] of golden.entries())
    if (value === null) expect(actual[index]).toBeNull()
    else expect(actual[index]).toBeCloseTo(value, 12)
}

describeWithShared('The reference scores of segmentation', () => {
  const path = sharedPath('goldens', 'metrics.json')
  const golden = () => goldenSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).segmentation

  test('are met in every case, absent classes, ignored pixels and empty masks included', () => {
    const cases = golden()
    expect(cases.length).toBe(14)
    for (const { classes, target, prediction, matrix, scores } of cases) {
      const counts = pixelCounts()
      for (const [index, truth] of target.entries())
        counts.add(Uint8Array.from(truth), Uint8Array.from(prediction[index] ?? []))
      const confusion = counts.matrix(Array.from({ length: classes }, (_, index) => index))
      expect(confusion).toEqual(matrix)

      const ours = pixelScores(confusion)
      const ofClasses = (name: 'iou' | 'dice' | 'precision' | 'recall' | 'f1') =>
        ours.classes.map((each) => each[name])
      expectScores(ofClasses('iou'), scores.iou)
      expectScores(ofClasses('dice'), scores.dice)
      expectScores(ofClasses('f1'), scores.dice)
      expectScores(ofClasses('precision'), scores.precision)
      expectScores(ofClasses('recall'), scores.recall)
      expectScores(
        [
          ours.pixelAccuracy,
          ours.meanIou,
          ours.meanDice,
          ours.meanAccuracy,
          ours.frequencyWeightedIou,
        ],
        [
          scores.pixel_accuracy,
          scores.mean_iou,
          scores.mean_dice,
          scores.mean_class_accuracy,
          scores.fw_iou,
        ],
      )
    }
  })
})

const classes = [0, 1, 2, 3]

function scoresOf(truth: ClassMask, predicted: ClassMask, order: readonly number[] = classes) {
  const counts = pixelCounts()
  counts.add(truth.data, predicted.data)
  return pixelScores(counts.matrix(order))
}

const pairs = randomPairs({ classes: 4, ignore: true })

describe('Scores of pixels', () => {
  test('are the same both ways round, but for precision and recall, which change places', () => {
    fc.assert(
      fc.property(pairs, ({ truth, predicted }) => {
        const [there, back] = [scoresOf(truth, predicted), scoresOf(predicted, truth)]
        for (const name of ['iou', 'dice', 'f1'] as const)
          expect(back.classes.map((each) => each[name])).toEqual(
            there.classes.map((each) => each[name]),
          )
        expect(back.classes.map(({ recall }) => recall)).toEqual(
          there.classes.map(({ precision }) => precision),
        )
        expect(back.pixelAccuracy).toBe(there.pixelAccuracy)
      }),
    )
  })

  test('belong to their classes in whatever order these are', () => {
    const orders = fc.shuffledSubarray(classes, { minLength: classes.length })
    fc.assert(
      fc.property(pairs, orders, ({ truth, predicted }, order) => {
        const [plain, shuffled] = [scoresOf(truth, predicted), scoresOf(truth, predicted, order)]
        expect(shuffled.classes).toEqual(order.map((index) => plain.classes[index]))
        expectScores(
          [shuffled.meanIou, shuffled.meanAccuracy, shuffled.frequencyWeightedIou],
          [plain.meanIou, plain.meanAccuracy, plain.frequencyWeightedIou],
        )
      }),
    )
  })

  test('keep to what holds between them: Dice is 2 IoU / (1 + IoU), F1 the harmonic mean', () => {
    fc.assert(
      fc.property(pairs, ({ truth, predicted }) => {
        for (const { iou, dice, precision, recall, f1 } of scoresOf(truth, predicted).classes) {
          if (iou !== null) expect(dice).toBeCloseTo((2 * iou) / (1 + iou), 12)
          if (precision !== null && recall !== null && precision + recall > 0)
            expect(f1).toBeCloseTo((2 * precision * recall) / (precision + recall), 12)
        }
      }),
    )
  })

  test('of a mask against itself are 1 for every class that it holds', () => {
    fc.assert(
      fc.property(pairs, ({ truth }) => {
        for (const { iou, recall, pixels } of scoresOf(truth, truth).classes)
          expect([iou, recall]).toEqual(pixels > 0 ? [1, 1] : [null, null])
      }),
    )
  })
})
