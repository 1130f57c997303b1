/** @file What is in the masks of a set, counted once for every mask. */
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { Project } from '../db/handle.ts'
import type { ImageLabel } from '../db/image-labels.ts'
import { loadMask } from '../db/masks.ts'
import { pixelsOf } from '../jobs/datasets/summary.ts'

/** Pixels of every value that a mask has. */
export interface ValuePixels {
  index: number
  pixels: number
}

/** A few dozen bytes each; masks do not change, so that what was counted stays true. */
const mostKept = 300_000
const kept = new Map<string, readonly ValuePixels[]>()

/** Long enough to be worth it, short enough for those who wait for something else. */
const stretchMs = 20

/** Pixels of every value in a mask, ascending; counted when it is asked for the first time. */
export function maskFacts(
  project: Project,
  source: number,
  { frame, version, sha256 }: ImageLabel,
): readonly ValuePixels[] {
  const known = kept.get(sha256)
  if (known) return known
  const stored = loadMask(project, { source, frame }, version)
  const counts = stored ? [...pixelsOf(stored.mask)] : []
  const facts = counts.flatMap((pixels, index) => (pixels > 0 ? [{ index, pixels }] : []))
  const [oldest] = kept.keys()
  if (kept.size >= mostKept && oldest !== undefined) kept.delete(oldest)
  kept.set(sha256, facts)
  return facts
}

/**
 * Goes through items with progress, and lets others have their turn now and then.
 * @throws AppError `cancelled`
 */
export async function eachInTurn<Item>(
  items: readonly Item[],
  stage: string,
  { signal, onProgress }: LongWork,
  look: (item: Item) => void,
): Promise<void> {
  const progress = progressMeter(stage, items.length, 'images', onProgress)
  let rested = performance.now()
  for (const [i, item] of items.entries()) {
    look(item)
    progress(i + 1)
    if (performance.now() - rested < stretchMs) continue
    await setImmediate()
    throwIfCancelled(signal, 'looking through the set')
    rested = performance.now()
  }
}
