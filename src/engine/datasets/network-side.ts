/** @file What the active network makes of pictures of a set, against their masks. */
import { availableParallelism } from 'node:os'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import { findImage } from '../db/image-labels.ts'
import { asItIs, pictureOf } from '../db/image-sets.ts'
import type { Engine } from '../engine.ts'
import { activeModelId, modelById } from '../jobs/networks.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import { CellCounter, type Comparison, comparisonOf, type Left } from './cell-counter.ts'
import { pixelsOfSide, type SideMask } from './mask-sides.ts'

/** @throws AppError `other-geometry` for a network that knows a camera's pictures and no others */
async function requireNetwork(engine: Engine) {
  const network = await modelById(engine, activeModelId(engine))
  const { geometryHash, name } = network.description
  if (geometryHash === null || geometryHash === asItIs) return network
  throw new AppError(
    'other-geometry',
    `the network ${name} was trained with a tape's recipe, through which the pictures of a set do not go`,
    'Choose a general network on the Train screen.',
  )
}

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
): Left | null {
  const truth = pixelsOfSide(project, mask)
  if (!truth) return { file: mask.name, why: 'its mask is gone' }
  if (truth.data.length !== predicted.data.length || truth.width !== predicted.width)
    return {
      file: mask.name,
      why: `its mask is ${truth.width}x${truth.height}, its picture ${predicted.width}x${predicted.height}`,
    }
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
  { signal, onProgress }: LongWork,
): Promise<Comparison> {
  const { folder: modelFolder } = await requireNetwork(engine)
  const { device, threads } = await loadUserSettings()
  const counter = new CellCounter()
  const left: Left[] = []
  const there = masks.flatMap((mask) => {
    const path = pictureFor(engine, mask)
    if (path === null) left.push({ file: mask.name, why: 'the set came without the picture' })
    return path === null ? [] : [{ mask, path }]
  })
  const options = {
    modelFolder,
    input: undefined,
    device,
    threads: threads ?? availableParallelism(),
  }
  const classes = listClasses(engine.project)
  await engine.compute.run(
    'segmentImages',
    { ...options, classes, paths: there.map(({ path }) => path) },
    {
      signal,
      onProgress,
      onData(seen) {
        const mask = there[seen.at]?.mask
        if (!mask) return
        const why =
          'why' in seen
            ? { file: mask.name, why: seen.why }
            : addOne(engine, counter, mask, seen.mask)
        if (why) left.push(why)
      },
    },
  )
  return comparisonOf(counter, masks.length, left)
}
