/** @file `dataset stats`: how much there is of what, and what looks wrong. */
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../../shared/errors.ts'
import { type ClassMask, ignoreIndex, type MaskClass } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import { listClasses } from '../../db/classes.ts'
import type { Project } from '../../db/handle.ts'
import { type ImageSet, listImages, type StoredImage } from '../../db/image-sets.ts'
import { loadMask } from '../../db/masks.ts'
import { declaredIndices } from '../../image-sets/oddities.ts'
import { sameFiles, sizesOf } from '../../image-sets/stats.ts'
import { chooseSets } from './choose-sets.ts'
import { type ClassAmount, MaskSums, pixelsOf } from './summary.ts'

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
  /** Masks that look wrong, and why. */
  odd: { image: string; why: string }[]
  /** Names of images whose files are the same. */
  duplicates: string[][]
}

/** What looks wrong with a mask; null when nothing does. */
function oddness(
  mask: ClassMask,
  image: StoredImage,
  pixels: Uint32Array,
  classes: readonly MaskClass[],
  known: ReadonlySet<number>,
): string | null {
  if (mask.width !== image.width || mask.height !== image.height)
    return `is ${mask.width}x${mask.height}, the picture ${image.width}x${image.height}`
  const strange = [...pixels.keys()].filter((value) => pixels[value] && !known.has(value))
  if (strange.length > 0) return `holds ${strange.join(', ')}, which is no class of the project`
  const only = [...pixels.keys()].filter((value) => pixels[value])
  if (only.length !== 1 || only[0] === 0) return null
  const name = classes.find(({ index }) => index === only[0])?.name
  return only[0] === ignoreIndex
    ? 'is "ignore" everywhere'
    : `is ${JSON.stringify(name)} everywhere`
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
  classes: readonly MaskClass[],
  { signal, onProgress }: LongWork,
): Promise<Found> {
  const total = sets.reduce((sum, { images }) => sum + images, 0)
  const progress = progressMeter('read', total, 'images', onProgress)
  const known = declaredIndices(classes)
  const found: Found = { sums: new MaskSums(), images: [], missing: [], odd: [] }
  for (const { id } of sets)
    for (const image of listImages(project, id)) {
      throwIfCancelled(signal, 'counting')
      // Masks are unpacked at once; others have their turn in between.
      if (found.images.length % 32 === 0) await setImmediate()
      const mask = loadMask(project, { source: id, frame: image.position })?.mask
      progress(found.images.push(image))
      if (!mask) {
        found.missing.push(image.name)
        continue
      }
      const pixels = pixelsOf(mask)
      found.sums.add(pixels)
      const why = oddness(mask, image, pixels, classes, known)
      if (why !== null) found.odd.push({ image: image.name, why })
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
  const { sums, images, missing, odd } = await lookThrough(project, sets, classes, work)
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
