import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { pixelCounts, pixelScores } from '../../../src/engine/dataset/pixel-scores.ts'
import { caught } from '../../fixtures/caught.ts'
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
      const ofClasses = (name: 'iou' | 'dice' | 'precision' | 'recall') =>
        ours.classes.map((each) => each[name])
      expectScores(ofClasses('iou'), scores.iou)
      expectScores(ofClasses('dice'), scores.dice)
      expectScores(ofClasses('precision'), scores.precision)
      expectScores(ofClasses('recall'), scores.recall)
      expectScores(
        [
          ours.pixelAccuracy,
          ours.meanIou,
          ours.meanDice,
          ours.meanRecall,
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

describe('Counts of pixels', () => {
  test('come in the order of the classes asked for, whatever their indices', () => {
    const counts = pixelCounts()
    counts.add(Uint8Array.of(0, 7, 7, 254, 255), Uint8Array.of(7, 7, 0, 254, 7))
    expect(counts.matrix([254, 0, 7])).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
    ])
  })

  test('are refused for masks of different sizes', () => {
    const error = caught(() => pixelCounts().add(new Uint8Array(4), new Uint8Array(5)))
    expect(error.code).toBe('mask-size-differs')
  })
})
