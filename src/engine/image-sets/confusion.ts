/** @file Two sides of masks compared pixel by pixel, and the pictures behind each cell of it. */
import type { MaskSide, PredictionSide } from '../../shared/contract/datasets.ts'
import { AppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { Project } from '../db/handle.ts'
import type { Engine } from '../engine.ts'
import { activeModelId } from '../jobs/networks.ts'
import { takeTurns } from '../take-turns.ts'
import { CellCounter, type Comparison, comparisonOf, type Left } from './cell-counter.ts'
import {
  fingerprintOf,
  masksOfSide,
  partnersAmong,
  pixelsOfSide,
  type SideMask,
} from './mask-sides.ts'
import { compareNetwork } from './network-side.ts'

export interface Sides {
  truth: MaskSide
  prediction: PredictionSide
}

/** Compares one mask of the truth; says why where there is nothing to compare it with. */
function compareOne(
  project: Project,
  counter: CellCounter,
  mask: SideMask,
  partner: SideMask | undefined,
): Left | null {
  if (!partner) return { file: mask.name, why: 'has no mask on the other side' }
  const [truth, predicted] = [pixelsOfSide(project, mask), pixelsOfSide(project, partner)]
  if (!truth || !predicted) return { file: mask.name, why: 'its mask is gone' }
  if (truth.width !== predicted.width || truth.height !== predicted.height)
    return {
      file: mask.name,
      why: `is ${truth.width}x${truth.height}, on the other side ${predicted.width}x${predicted.height}`,
    }
  counter.add(mask.position, truth.data, predicted.data)
  return null
}

async function compareMasks(
  project: Project,
  masks: readonly SideMask[],
  others: readonly SideMask[],
  { signal, onProgress }: LongWork,
): Promise<Comparison> {
  const partner = partnersAmong(others)
  const counter = new CellCounter()
  const left: Left[] = []
  const progress = progressMeter('compare', masks.length, 'images', onProgress)
  const rest = takeTurns(signal, 'comparing')
  for (const [i, mask] of masks.entries()) {
    const why = compareOne(project, counter, mask, partner(mask))
    if (why) left.push(why)
    progress(i + 1)
    await rest()
  }
  return comparisonOf(counter, masks.length, left)
}

/** The last comparison: a click on one of its cells need not make it again. */
let last: { key: string; comparison: Comparison } | null = null

/**
 * Compares the masks of two sides, or masks with what the active network makes of their pictures.
 * @throws AppError `bad-value` when there is nothing to compare, `cancelled`, `other-geometry`, and
 * what running the network throws
 */
export async function compareSides(
  engine: Engine,
  { truth, prediction }: Sides,
  work: LongWork,
): Promise<Comparison> {
  const { project } = engine
  const masks = masksOfSide(project, truth)
  const others = prediction === 'network' ? null : masksOfSide(project, prediction)
  const against = others ? fingerprintOf(others) : activeModelId(engine)
  const key = JSON.stringify([project.dir, truth, prediction, fingerprintOf(masks), against])
  if (last?.key === key) return last.comparison
  const comparison = others
    ? await compareMasks(project, masks, others, work)
    : await compareNetwork(engine, masks, work)
  if (comparison.confusion.images === 0) {
    const [first] = comparison.confusion.left
    throw new AppError(
      'bad-value',
      first ? `no two masks belong together: ${first.file} ${first.why}` : 'the truth has no masks',
      'Choose sets whose pictures have the same names and sizes.',
    )
  }
  last = { key, comparison }
  return comparison
}
