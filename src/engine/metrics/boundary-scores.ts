/**
 * @file How well the outlines of classes agree: boundary F1 after G. Csurka, D. Larlus,
 * F. Perronnin, "What is a good evaluation measure for semantic segmentation?", BMVC 2013, and
 * Boundary IoU after B. Cheng et al., "Boundary IoU", CVPR 2021, https://arxiv.org/abs/2103.16562.
 */
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { bandOf } from './boundary-band.ts'
import { matchBoundaries } from './boundary-match.ts'
import { type BoundaryPixels, boundaryPixels } from './boundary-pixels.ts'
import { pixelCounts } from './confusion.ts'
import { pixelScores } from './pixel-scores.ts'
import { meanOfKnown, ratio } from './ratio.ts'
import { sharedIgnore } from './shared-ignore.ts'

export interface BoundaryOptions {
  /** How far apart outlines may be, as a share of the picture's diagonal; it has to be less. */
  tolerance: number
  /** Half the width of the band that Boundary IoU compares, as a share of the picture's diagonal. */
  band: number
}

/** 0.75 % as Csurka et al. take it, 2 % as Cheng et al. do. */
export const defaultBoundaryOptions: BoundaryOptions = { tolerance: 0.0075, band: 0.02 }

export interface BoundaryClassScores {
  /** Pictures in which truth or prediction has a boundary of the class. */
  images: number
  /** Means over the pictures where they have a value. */
  f1: number | null
  precision: number | null
  recall: number | null
  /** IoU of the bands along the outlines, over all pictures together. */
  iou: number | null
}

export interface BoundaryScores {
  /** In the order of the classes asked for. */
  classes: BoundaryClassScores[]
  /** Means over the classes that have a value. */
  meanF1: number | null
  meanIou: number | null
}

export interface BoundaryScorer {
  /** Adds a picture; both masks have the same size. */
  add(truth: ClassMask, predicted: ClassMask): void
  /** Of the classes with these indices. */
  result(classes: readonly number[]): BoundaryScores
}

/** Sums over pictures; constant in size whatever their number. */
interface OutlineSums {
  images: number
  f1: number
  precision: number
  predictedImages: number
  recall: number
  truthImages: number
}

const none: Int32Array = new Int32Array()
const noSums: Readonly<OutlineSums> = {
  images: 0,
  f1: 0,
  precision: 0,
  predictedImages: 0,
  recall: 0,
  truthImages: 0,
}

/** Adds one picture's precision, recall and F1 of a class. */
function addMatch(sums: OutlineSums, precision: number | null, recall: number | null): void {
  const total = (precision ?? 0) + (recall ?? 0)
  sums.images++
  sums.predictedImages += precision === null ? 0 : 1
  sums.truthImages += recall === null ? 0 : 1
  sums.precision += precision ?? 0
  sums.recall += recall ?? 0
  // Nothing near on both sides, and a boundary on one side only, are both an F1 of 0.
  sums.f1 += total === 0 ? 0 : (2 * (precision ?? 0) * (recall ?? 0)) / total
}

/** Adds one picture's boundaries, class by class. */
function addOutlines(
  sums: Map<number, OutlineSums>,
  [truth, predicted]: readonly [BoundaryPixels, BoundaryPixels],
  width: number,
  tolerance: number,
): void {
  for (const index of new Set([...truth.keys(), ...predicted.keys()])) {
    const ours = truth.get(index) ?? none
    const theirs = predicted.get(index) ?? none
    const near = matchBoundaries(ours, theirs, width, tolerance)
    const ofClass = sums.get(index) ?? { ...noSums }
    sums.set(index, ofClass)
    addMatch(ofClass, ratio(near.predictedNear, theirs.length), ratio(near.truthNear, ours.length))
  }
}

const diagonal = ({ width, height }: Size): number => Math.hypot(width, height)

export function boundaryScorer(options: BoundaryOptions = defaultBoundaryOptions): BoundaryScorer {
  const outlines = new Map<number, OutlineSums>()
  const bands = pixelCounts()
  return {
    add(truth, predicted) {
      const [ours, theirs] = sharedIgnore(truth, predicted)
      const pair = [boundaryPixels(ours), boundaryPixels(theirs)] as const
      addOutlines(outlines, pair, truth.width, options.tolerance * diagonal(truth))
      const reach = Math.max(1, Math.round(options.band * diagonal(truth)))
      bands.add(bandOf(ours, reach), bandOf(theirs, reach))
    },
    result(classes) {
      // What is in no band is 255, and here a value like the others.
      const occurring = bands.values()
      const values = [...new Set([...occurring.truth, ...occurring.prediction])]
      const bandScores = pixelScores(bands.matrix(values)).classes
      const scores = classes.map((index): BoundaryClassScores => {
        const sums = outlines.get(index) ?? noSums
        return {
          images: sums.images,
          f1: ratio(sums.f1, sums.images),
          precision: ratio(sums.precision, sums.predictedImages),
          recall: ratio(sums.recall, sums.truthImages),
          iou: bandScores[values.indexOf(index)]?.iou ?? null,
        }
      })
      return {
        classes: scores,
        meanF1: meanOfKnown(scores.map(({ f1 }) => f1)),
        meanIou: meanOfKnown(scores.map(({ iou }) => iou)),
      }
    },
  }
}
