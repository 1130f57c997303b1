/** @file What the active network makes of pictures of a set, against their masks. */
import { availableParallelism } from 'node:os'
import type { ClassMask } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { findImage } from '../db/image-labels.ts'
import { pictureOf } from '../db/image-sets.ts'
import type { Engine } from '../engine.ts'
import { requireGeneral, segmentEach } from '../jobs/datasets/segment-each.ts'
import { activeModelId, modelById } from '../jobs/networks.ts'
import { isSameSize, sizeText } from '../metrics/mask-scores.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import { CellCounter, type Comparison, comparisonOf, type Left } from './cell-counter.ts'
import { pixelsOfSide, type SideMask } from './mask-sides.ts'

/** The picture that a mask belongs to; null where the set came without it. */
function pictureFor({ project }: Engine, { set, position }: SideMask): string | null {
  const image = findImage(project, set, position)
  return image ? pictureOf(project, image) : null
}

function addOne(
  { project }: Engine,
  counter: CellCounter,
  mask: SideMask,
  predicted: ClassMask,
): string | null {
  const truth = pixelsOfSide(project, mask)
  if (!truth) return 'its mask is gone'
  if (!isSameSize(truth, predicted))
    return `its mask is ${sizeText(truth)}, its picture ${sizeText(predicted)}`
  counter.add(mask.position, truth.data, predicted.data)
  return null
}

/**
 * Lets the active network look at the pictures of masks, and counts what it takes for what.
 * @throws AppError `other-geometry`, `cancelled`, and what running the network throws
 */
export async function compareNetwork(
  engine: Engine,
  masks: readonly SideMask[],
  work: LongWork,
): Promise<Comparison> {
  const { folder: modelFolder, description } = await modelById(engine, activeModelId(engine))
  const hint = 'Choose a general network on the Train screen.'
  requireGeneral(description, { called: description.name, hint })
  const { device, threads } = await loadUserSettings()
  const counter = new CellCounter()
  const left: Left[] = []
  const there = masks.flatMap((mask) => {
    const path = pictureFor(engine, mask)
    if (path === null) left.push({ file: mask.name, why: 'the set came without the picture' })
    return path === null ? [] : [{ mask, path }]
  })
  const options = { modelFolder, device, threads: threads ?? availableParallelism() }
  const seen = await segmentEach(engine, there, options, work, ({ mask }, predicted) =>
    addOne(engine, counter, mask, predicted),
  )
  left.push(...seen.left.map(({ item, why }) => ({ file: item.mask.name, why })))
  return comparisonOf(counter, masks.length, left)
}
