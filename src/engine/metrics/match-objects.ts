/** @file Which object of the truth is which one of the prediction. */
import type { Overlap } from './overlaps.ts'

/** Objects of one picture: how large each is, and what each pair of them shares. */
export interface ObjectPair {
  /** Pixels of each object. */
  truth: readonly number[]
  predicted: readonly number[]
  overlaps: readonly Overlap[]
}

export interface ObjectMatch {
  truth: number
  predicted: number
  iou: number
}

/**
 * Matches objects one to one: the pair with the highest IoU first, then the next one of which neither
 * is taken, down to `minimumIou`. Among equal ones the first in the truth, then in the prediction.
 */
export function matchObjects(
  { truth, predicted, overlaps }: ObjectPair,
  minimumIou: number,
): ObjectMatch[] {
  const candidates = overlaps
    .map((overlap): ObjectMatch => {
      const union = (truth[overlap.truth] ?? 0) + (predicted[overlap.predicted] ?? 0)
      return { ...overlap, iou: overlap.pixels / (union - overlap.pixels) }
    })
    .filter(({ iou }) => iou >= minimumIou)
    .sort((a, b) => b.iou - a.iou || a.truth - b.truth || a.predicted - b.predicted)
  const [takenTruth, takenPredicted] = [new Set<number>(), new Set<number>()]
  return candidates.flatMap(({ truth: ours, predicted: theirs, iou }) => {
    if (takenTruth.has(ours) || takenPredicted.has(theirs)) return []
    takenTruth.add(ours)
    takenPredicted.add(theirs)
    return [{ truth: ours, predicted: theirs, iou }]
  })
}

/** How many objects of the one side hold at least half of each of two or more of the other side. */
function holders(overlaps: readonly [holder: number, share: number][]): number {
  const held = new Map<number, number>()
  for (const [holder, share] of overlaps)
    if (share >= 0.5) held.set(holder, (held.get(holder) ?? 0) + 1)
  return [...held.values()].filter((count) => count >= 2).length
}

/** Predicted objects that hold at least half of each of two or more true ones. */
export function countMerged({ truth, overlaps }: ObjectPair): number {
  return holders(
    overlaps.map((each) => [each.predicted, each.pixels / (truth[each.truth] ?? each.pixels)]),
  )
}

/** True objects that hold at least half of each of two or more predicted ones. */
export function countSplit({ predicted, overlaps }: ObjectPair): number {
  return holders(
    overlaps.map((each) => [each.truth, each.pixels / (predicted[each.predicted] ?? each.pixels)]),
  )
}
