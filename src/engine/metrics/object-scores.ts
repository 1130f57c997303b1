/** @file Objects found, missed and made up: the connected parts of a class in truth and prediction. */
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Raster } from '../formats/annotated-set.ts'
import { connectedParts } from '../formats/shapes/connected-parts.ts'
import { countMerged, countSplit, matchObjects, type ObjectPair } from './match-objects.ts'
import { overlapsOf, pixelsOf } from './overlaps.ts'
import { ratio } from './ratio.ts'
import { sharedIgnore } from './shared-ignore.ts'

export interface ObjectOptions {
  /** A predicted object is found with at least this IoU. */
  minimumIou: number
  /** Smaller parts are no objects, in truth and prediction. */
  minimumPixels: number
}

export const defaultObjectOptions: ObjectOptions = { minimumIou: 0.5, minimumPixels: 1 }

/** Objects of one class over any number of pictures; null where there is nothing to divide by. */
export interface ObjectScores {
  /** True objects with a predicted one of their own, and those without. */
  found: number
  missed: number
  /** Predicted objects that are none. */
  false: number
  /** found / (found + missed + false) */
  accuracy: number | null
  /** found / (found + false) */
  precision: number | null
  /** found / (found + missed) */
  recall: number | null
  /** 2 found / (2 found + missed + false) */
  f1: number | null
  /** Mean IoU of the found ones. */
  foundIou: number | null
  /** Predicted objects that hold two or more true ones, and true ones in two or more pieces. */
  merged: number
  split: number
}

export interface ObjectScorer {
  /** Adds a picture; both masks have the same size. */
  add(truth: ClassMask, predicted: ClassMask): void
  /** Of a class by its index. */
  scoresOf(index: number): ObjectScores
}

interface ObjectCounts {
  truth: number
  predicted: number
  found: number
  iou: number
  merged: number
  split: number
}

const nothing: Readonly<ObjectCounts> = {
  truth: 0,
  predicted: 0,
  found: 0,
  iou: 0,
  merged: 0,
  split: 0,
}

function scoresFrom(counts: ObjectCounts): ObjectScores {
  const { truth, predicted, found, iou, merged, split } = counts
  return {
    found,
    missed: truth - found,
    false: predicted - found,
    accuracy: ratio(found, truth + predicted - found),
    precision: ratio(found, predicted),
    recall: ratio(found, truth),
    f1: ratio(2 * found, truth + predicted),
    foundIou: ratio(iou, found),
    merged,
    split,
  }
}

/** The connected parts that are large enough, corners included, of all values but some. */
function objectsOf(mask: ClassMask, others: ReadonlySet<number>, minimumPixels: number) {
  const objects = new Map<number, Raster[]>()
  for (const { value, raster } of connectedParts(mask, 8, others))
    if (minimumPixels <= 1 || pixelsOf(raster) >= minimumPixels)
      objects.set(value, [...(objects.get(value) ?? []), raster])
  return objects
}

function pairOf(truth: readonly Raster[], predicted: readonly Raster[], size: Size): ObjectPair {
  const overlaps = overlapsOf(truth, predicted, size)
  return { truth: truth.map(pixelsOf), predicted: predicted.map(pixelsOf), overlaps }
}

function addPair(counts: ObjectCounts, pair: ObjectPair, minimumIou: number): void {
  const matches = matchObjects(pair, minimumIou)
  counts.truth += pair.truth.length
  counts.predicted += pair.predicted.length
  counts.found += matches.length
  counts.iou += matches.reduce((total, { iou }) => total + iou, 0)
  counts.merged += countMerged(pair)
  counts.split += countSplit(pair)
}

/** Scores the objects of the classes with these indices. */
export function objectScorer(
  classes: readonly number[],
  { minimumIou, minimumPixels }: ObjectOptions = defaultObjectOptions,
): ObjectScorer {
  const values = Array.from({ length: 256 }, (_, value) => value)
  const others = new Set(values.filter((value) => !classes.includes(value)))
  const counts = new Map(classes.map((index) => [index, { ...nothing }]))
  return {
    add(truth, predicted) {
      const [ours, theirs] = sharedIgnore(truth, predicted)
      const objects = objectsOf(ours, others, minimumPixels)
      const predictedObjects = objectsOf(theirs, others, minimumPixels)
      for (const [index, sums] of counts) {
        const pair = pairOf(objects.get(index) ?? [], predictedObjects.get(index) ?? [], truth)
        addPair(sums, pair, minimumIou)
      }
    },
    scoresOf: (index) => scoresFrom(counts.get(index) ?? nothing),
  }
}
