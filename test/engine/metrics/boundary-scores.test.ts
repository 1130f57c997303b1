import { describe, expect, test } from 'vitest'
import { bandOf } from '../../../src/engine/metrics/boundary-band.ts'
import { boundaryPixels } from '../../../src/engine/metrics/boundary-pixels.ts'
import { boundaryScorer } from '../../../src/engine/metrics/boundary-scores.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomPairs } from '../../fixtures/mask-pairs.ts'
import { randomMask } from '../../fixtures/random-masks.ts'

const classes = [0, 1, 2]
const options = { tolerance: 0.08, band: 0.08 }

function scoresOf(truth: ClassMask, predicted: ClassMask) {
  const scorer = boundaryScorer(options)
  scorer.add(truth, predicted)
  return scorer.result(classes).classes
}

type Point = [x: number, y: number]

/** Where a mask holds class `index`. */
function pointsOf({ width, data }: ClassMask, index: number): Point[] {
  return [...data.keys()]
    .filter((pixel) => data[pixel] === index)
    .map((pixel): Point => [pixel % width, Math.floor(pixel / width)])
}

/** Pixels of a class that have one of another class at a side. */
function outline(mask: ClassMask, index: number): Point[] {
  const sides: Point[] = [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ]
  return pointsOf(mask, index).filter(([x, y]) =>
    sides.some(([right, down]) => {
      const [a, b] = [x + right, y + down]
      if (a < 0 || b < 0 || a >= mask.width || b >= mask.height) return false
      const other = mask.data[b * mask.width + a]
      return other !== index && other !== 255
    }),
  )
}

const nearShare = (points: readonly Point[], others: readonly Point[], tolerance: number) =>
  points.filter(([x, y]) => others.some(([a, b]) => Math.hypot(x - a, y - b) < tolerance)).length /
  points.length

/** Precision, recall and F1 of one class of one picture, each pixel against each. */
function compared({ truth, predicted }: { truth: ClassMask; predicted: ClassMask }, index: number) {
  const [ours, theirs] = [outline(truth, index), outline(predicted, index)]
  if (ours.length + theirs.length === 0) return { f1: null, precision: null, recall: null }
  const tolerance = options.tolerance * Math.hypot(truth.width, truth.height)
  const precision = theirs.length === 0 ? null : nearShare(theirs, ours, tolerance)
  const recall = ours.length === 0 ? null : nearShare(ours, theirs, tolerance)
  const [p, r] = [precision ?? 0, recall ?? 0]
  return { f1: p + r === 0 ? 0 : (2 * p * r) / (p + r), precision, recall }
}

describe('The boundary of a class', () => {
  test('is its pixels beside another class, but neither at the picture’s edge nor beside ignored ones', () => {
    const mask = drawnMask(`
      1110
      11x0
      1111`)
    expect([...(boundaryPixels(mask).get(1) ?? [])]).toEqual([2, 11])
  })
})

describe('Boundary F1', () => {
  test('counts the boundary pixels that have one of the other mask near', () => {
    fc.assert(
      fc.property(randomPairs({ classes: 3 }), (pair) => {
        for (const [index, { f1, precision, recall }] of scoresOf(
          pair.truth,
          pair.predicted,
        ).entries())
          expect({ f1, precision, recall }).toEqual(compared(pair, index))
      }),
      { numRuns: 200 },
    )
  })

  test('is the same both ways round; precision and recall change places', () => {
    fc.assert(
      fc.property(randomPairs({ classes: 3, ignore: true }), ({ truth, predicted }) => {
        const [there, back] = [scoresOf(truth, predicted), scoresOf(predicted, truth)]
        for (const [i, { f1, precision, recall, iou }] of there.entries())
          expect(back[i]).toMatchObject({ f1, precision: recall, recall: precision, iou })
      }),
    )
  })

  test('of a mask against itself is 1 for every class with a boundary', () => {
    fc.assert(
      fc.property(randomMask({ classes: 3, ignore: true }), (mask) => {
        for (const { f1, images, iou } of scoresOf(mask, mask)) {
          expect(f1).toBe(images > 0 ? 1 : null)
          expect(iou === null || iou === 1).toBe(true)
        }
      }),
    )
  })

  test('needs the outline to be nearer than the tolerance', () => {
    const line = (column: number): ClassMask => ({
      width: 60,
      height: 80,
      data: Uint8Array.from({ length: 4800 }, (_, pixel) => (pixel % 60 < column ? 1 : 0)),
    })
    // A hundredth of the diagonal of 100 pixels is one pixel, which is not less than one.
    const scorer = (tolerance: number) => {
      const made = boundaryScorer({ tolerance, band: 0.02 })
      made.add(line(30), line(31))
      return made.result([1]).meanF1
    }
    expect([scorer(0.01), scorer(0.0101)]).toEqual([0, 1])
  })

  test('is the mean over the pictures that have a boundary of the class on either side', () => {
    const scorer = boundaryScorer(options)
    const square = drawnMask('.... .11. .11. ....')
    const empty = drawnMask('.... .... .... ....')
    scorer.add(square, square)
    scorer.add(square, empty)
    scorer.add(empty, empty)
    const [one, two] = scorer.result([1, 2]).classes
    expect(one).toMatchObject({ images: 2, f1: 0.5, precision: 1, recall: 0.5 })
    expect(two).toEqual({
      images: 0,
      f1: null,
      precision: null,
      recall: null,
      iou: null,
    })
  })
})

describe('The band of Boundary IoU', () => {
  test('is what erosion by a square takes away', () => {
    fc.assert(
      fc.property(randomMask({ classes: 3 }), fc.integer({ min: 1, max: 3 }), (mask, reach) => {
        const { width, height, data } = mask
        const at = (x: number, y: number) =>
          x < 0 || y < 0 || x >= width || y >= height ? -1 : data[y * width + x]
        const expected = Array.from(data, (own, pixel) => {
          const [x, y] = [pixel % width, Math.floor(pixel / width)]
          for (let b = y - reach; b <= y + reach; b++)
            for (let a = x - reach; a <= x + reach; a++) if (at(a, b) !== own) return own
          return 255
        })
        expect([...bandOf(mask, reach)]).toEqual(expected)
      }),
      { numRuns: 200 },
    )
  })
})

/** A disc in a picture of 200x150, whose diagonal is 250. */
function disc(cx: number, cy: number, radius: number): ClassMask {
  const data = Uint8Array.from({ length: 200 * 150 }, (_, pixel) => {
    const [x, y] = [pixel % 200, Math.floor(pixel / 200)]
    return (x - cx) ** 2 + (y - cy) ** 2 <= radius ** 2 ? 1 : 0
  })
  return { width: 200, height: 150, data }
}

/**
 * Counts by OpenCV 5.0: bands by cv2.erode with a 3x3 square repeated 5 times on a padded mask, as the
 * authors of Boundary IoU do; distances by cv2.distanceTransform with DIST_MASK_PRECISE.
 */
const discs = [
  {
    truth: disc(80, 70, 40),
    predicted: disc(84, 72, 38),
    near: [155, 212, 157, 224],
    band: [738, 2150],
  },
  {
    truth: disc(190, 140, 40),
    predicted: disc(186, 141, 41),
    near: [64, 79, 59, 75],
    band: [702, 1112],
  },
] as const

describe('Scores of discs, one of them cut by the picture’s edge,', () => {
  test.each(discs)('are those that OpenCV counts: $band', ({ truth, predicted, near, band }) => {
    const scorer = boundaryScorer({ tolerance: 0.02, band: 0.02 })
    scorer.add(truth, predicted)
    const [nearPredicted, allPredicted, nearTruth, allTruth] = near
    expect(scorer.result([1]).classes[0]).toMatchObject({
      precision: nearPredicted / allPredicted,
      recall: nearTruth / allTruth,
      iou: band[0] / band[1],
    })
  })
})
