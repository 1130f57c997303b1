/** @file All scores of predicted masks against true ones, mask by mask: memory does not grow. */
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import {
  type BoundaryClassScores,
  type BoundaryOptions,
  type BoundaryScores,
  boundaryScorer,
} from './boundary-scores.ts'
import { type Confusion, confusionOf, pixelCounts } from './confusion.ts'
import { type ObjectOptions, type ObjectScores, objectScorer } from './object-scores.ts'
import { type ClassScores, type PixelScores, pixelScores } from './pixel-scores.ts'

/** A picture's true and predicted mask, in the same classes. */
export interface MaskPair {
  /** What errors call the picture. */
  name: string
  truth: ClassMask
  predicted: ClassMask
}

export interface NamedClass {
  /** What masks hold. */
  index: number
  name: string
}

export interface ScoreOptions {
  /** Null or absent = outlines are not compared. */
  boundary?: BoundaryOptions | null | undefined
  /** The classes (by index) whose objects are compared, and how; null or absent = none. */
  objects?: ({ classes: readonly number[] } & ObjectOptions) | null | undefined
}

type Named<Scores> = { name: string } & Scores

export interface MaskScores extends Omit<PixelScores, 'classes'> {
  images: number
  classes: Named<ClassScores>[]
  /** Rows are truth, columns predictions, both in the order of `classes`. */
  confusion: Confusion
  /** Pixels that are ignored in the truth, and in the prediction alone; they are in no score. */
  ignored: { truth: number; prediction: number }
  boundary?: BoundaryOptions &
    Omit<BoundaryScores, 'classes'> & { classes: Named<BoundaryClassScores>[] }
  objects?: ObjectOptions & { classes: Named<ObjectScores>[] }
}

export interface MaskScorer {
  /** @throws AppError `mask-size-differs` */
  add(pair: MaskPair): void
  /** The values that occurred so far on each side, ascending, 255 included. */
  values(): { truth: number[]; prediction: number[] }
  /** The scores so far. Pixels of other classes than these are left out. */
  result(classes: readonly NamedClass[]): MaskScores
}

export function isSameSize(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height
}

/** `640x480` */
export const sizeText = ({ width, height }: Size): string => `${width}x${height}`

function requireSameSize({ name, truth, predicted }: MaskPair): void {
  if (isSameSize(truth, predicted)) return
  throw new AppError(
    'mask-size-differs',
    `${name} is ${sizeText(truth)} in the truth and ${sizeText(predicted)} in the prediction`,
    'Bring the prediction to the size of the truth.',
  )
}

export function maskScorer({ boundary, objects }: ScoreOptions = {}): MaskScorer {
  const pixels = pixelCounts()
  const outlines = boundary ? boundaryScorer(boundary) : null
  const parts = objects ? objectScorer(objects.classes, objects) : null
  let images = 0
  return {
    add(pair) {
      requireSameSize(pair)
      pixels.add(pair.truth.data, pair.predicted.data)
      outlines?.add(pair.truth, pair.predicted)
      parts?.add(pair.truth, pair.predicted)
      images++
    },
    values: () => pixels.values(),
    result(classes) {
      const indices = classes.map(({ index }) => index)
      const confusion = confusionOf(pixels.matrix(indices))
      const scores = pixelScores(confusion.counts)
      const result: MaskScores = {
        images,
        ...scores,
        classes: named(classes, scores.classes),
        confusion,
        ignored: pixels.ignored(),
      }
      if (boundary && outlines) {
        const found = outlines.result(indices)
        result.boundary = { ...boundary, ...found, classes: named(classes, found.classes) }
      }
      if (objects && parts) {
        const { minimumIou, minimumPixels } = objects
        const wanted = classes.filter(({ index }) => objects.classes.includes(index))
        const found = wanted.map(({ index }) => parts.scoresOf(index))
        result.objects = { minimumIou, minimumPixels, classes: named(wanted, found) }
      }
      return result
    },
  }
}

function named<Scores>(classes: readonly NamedClass[], scores: readonly Scores[]): Named<Scores>[] {
  return classes.flatMap(({ name }, i) => {
    const score = scores[i]
    return score === undefined ? [] : [{ name, ...score }]
  })
}

/**
 * Scores pairs one after the other as they come; none is kept.
 * @throws AppError `mask-size-differs`, `cancelled`, and what reading a pair throws
 */
export async function scoreMasks(
  pairs: AsyncIterable<MaskPair>,
  options: ScoreOptions,
  signal?: AbortSignal,
): Promise<MaskScorer> {
  const scorer = maskScorer(options)
  for await (const pair of pairs) {
    throwIfCancelled(signal, 'comparing masks')
    scorer.add(pair)
  }
  return scorer
}
