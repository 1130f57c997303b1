/** @file `dataset stats`: how much there is of what, and what looks wrong. */
import { ignoreIndex } from '../../../shared/mask.ts'
import type { Oddity } from '../../../shared/oddities.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import { listClasses } from '../../db/classes.ts'
import type { Project } from '../../db/handle.ts'
import type { ImageSet, StoredImage } from '../../db/image-sets.ts'
import { countedPages, looker } from '../../image-sets/look-through.ts'
import { sameFiles, sizesOf } from '../../image-sets/stats.ts'
import { chooseSets } from './choose-sets.ts'
import { type ClassAmount, MaskSums } from './summary.ts'

export interface SetStatistics {
  sets: { id: number; name: string; format: string; path: string; images: number }[]
  images: number
  /** Images with a mask. */
  masks: number
  classes: (ClassAmount & { index: number; share: number })[]
  ignore: { pixels: number; images: number }
  sizes: { width: number; height: number; images: number }[]
  splits: { name: string | null; images: number }[]
  scenes: number
  /** Images without a mask. */
  missing: string[]
  /** What looks wrong, and why. */
  odd: { image: string; why: Oddity }[]
  /** Names of images whose files are the same. */
  duplicates: string[][]
}

/** How often each key occurs, the most frequent first. */
function tally<Key>(keys: Iterable<Key>): [Key, number][] {
  const counts = new Map<Key, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}

/** What is found image by image. */
interface Found {
  sums: MaskSums
  images: StoredImage[]
  missing: string[]
  odd: SetStatistics['odd']
}

async function lookThrough(
  project: Project,
  sets: readonly ImageSet[],
  { signal, onProgress }: LongWork,
): Promise<Found> {
  const total = sets.reduce((sum, { images }) => sum + images, 0)
  const progress = progressMeter('read', total, 'images', onProgress)
  const look = looker(project)
  const found: Found = { sums: new MaskSums(), images: [], missing: [], odd: [] }
  for (const { id } of sets)
    for await (const page of countedPages(project, id, signal)) {
      for (const image of await Promise.all(page.map(look))) {
        found.images.push(image)
        found.odd.push(...image.odd.map((why) => ({ image: image.name, why })))
        if (image.label) found.sums.add(image.values)
        else found.missing.push(image.name)
      }
      progress(found.images.length)
    }
  return found
}

/** @throws AppError `no-such-dataset`, `cancelled` */
export async function setStatistics(
  project: Project,
  { set }: { set?: number | undefined },
  work: LongWork,
): Promise<SetStatistics> {
  const sets = chooseSets(project, set)
  const classes = listClasses(project)
  const { sums, images, missing, odd } = await lookThrough(project, sets, work)
  const counted = sums.counted()
  return {
    sets: sets.map(({ id, name, format, path, images: count }) => ({
      ...{ id, name, format, path, images: count },
    })),
    images: images.length,
    masks: sums.masks,
    classes: classes.map(({ index, name }) => {
      const amount = sums.of(index)
      return { index, name, ...amount, share: counted > 0 ? amount.pixels / counted : 0 }
    }),
    ignore: sums.of(ignoreIndex),
    sizes: sizesOf(images),
    splits: tally(images.map(({ split }) => split)).map(([name, count]) => ({
      name,
      images: count,
    })),
    scenes: new Set(images.flatMap(({ scene }) => scene ?? [])).size,
    ...{ missing, odd, duplicates: sameFiles(images).map((same) => same.map(({ name }) => name)) },
  }
}
