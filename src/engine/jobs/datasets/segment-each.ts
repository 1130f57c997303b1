/** @file A network over the pictures of image sets. */
import { AppError } from '../../../shared/errors.ts'
import type { ClassMask } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { listClasses } from '../../db/classes.ts'
import { asItIs } from '../../db/image-sets.ts'
import type { Engine } from '../../engine.ts'
import type { SegmenterOptions } from '../../infer/segmenter.ts'
import type { ModelDescription } from '../../models/types.ts'

/**
 * Refuses a network that knows a camera's pictures and no others.
 * @throws AppError `other-geometry`, with the network as it is `called` and what to do
 */
export function requireGeneral(
  { geometryHash }: Pick<ModelDescription, 'geometryHash'>,
  { called, hint }: { called: string; hint: string },
): void {
  if (geometryHash === null || geometryHash === asItIs) return
  throw new AppError(
    'other-geometry',
    `the network ${called} was trained with a tape's recipe, through which the pictures of a set do not go`,
    hint,
  )
}

/**
 * Lets a network look at the picture of each item, one at a time, and calls back with its mask in the
 * project's classes; `look` says why an item does not count, or null. Returns the device, and those
 * that do not count: pictures that could not be read among them.
 */
export async function segmentEach<Item extends { path: string }>(
  { project, compute }: Engine,
  items: readonly Item[],
  options: Omit<SegmenterOptions, 'classes'>,
  { signal, onProgress }: LongWork,
  look: (item: Item, predicted: ClassMask) => string | null,
): Promise<{ device: string; left: { item: Item; why: string }[] }> {
  const left: { item: Item; why: string }[] = []
  const paths = items.map(({ path }) => path)
  const request = { ...options, classes: listClasses(project), paths }
  const { device } = await compute.run('segmentImages', request, {
    signal,
    onProgress,
    onData(seen) {
      const item = items[seen.at]
      if (!item) return
      const why = 'why' in seen ? seen.why : look(item, seen.mask)
      if (why !== null) left.push({ item, why })
    },
  })
  return { device, left }
}
