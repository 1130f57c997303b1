/** @file The pictures of a set that somebody looks for, and what is known of them. */
import type { DatasetImage, ImageFilter } from '../../shared/contract/datasets.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { type CountedImage, countedImagesAt } from '../db/counted-images.ts'
import type { Project } from '../db/handle.ts'
import type { ImageSet } from '../db/image-sets.ts'
import { countedPages, type LookedImage, looker } from './look-through.ts'

/** What can be said without a look at files. */
function quickTest({ name, split, annotated, class: wanted }: ImageFilter) {
  const part = name?.trim().toLowerCase() ?? ''
  return ({ label, ...image }: CountedImage): boolean =>
    (part === '' || image.name.toLowerCase().includes(part)) &&
    (split === undefined || image.split === split) &&
    (annotated === undefined || (image.annotated || label !== null) === annotated) &&
    (wanted === undefined || (label?.amounts.some(({ index }) => index === wanted) ?? false))
}

/**
 * Positions of the pictures that fit, ascending.
 * @throws AppError `cancelled`
 */
export async function findImages(
  project: Project,
  { id, images }: ImageSet,
  filter: ImageFilter,
  { signal, onProgress }: LongWork,
): Promise<number[]> {
  const isWanted = quickTest(filter)
  const look = looker(project)
  const progress = progressMeter('look', images, 'images', onProgress)
  const found: number[] = []
  let seen = 0
  for await (const page of countedPages(project, id, signal)) {
    const wanted = page.filter(isWanted)
    const looked = filter.odd ? await Promise.all(wanted.map(look)) : []
    const odd = looked.filter((image) => image.odd.length > 0)
    found.push(...(filter.odd ? odd : wanted).map(({ position }) => position))
    seen += page.length
    progress(seen)
  }
  return found
}

function described(image: LookedImage): DatasetImage {
  const { position, name, width, height, split, scene, label, values, hasPicture, odd } = image
  return {
    ...{ position, name, width, height, split, scene, hasPicture, odd },
    annotated: image.annotated || label !== null,
    version: label?.version ?? 0,
    classes: [...values],
  }
}

/** What is known of the pictures at some positions; those that are not there are left out. */
export async function describeImages(
  project: Project,
  { id }: ImageSet,
  positions: readonly number[],
): Promise<DatasetImage[]> {
  const look = looker(project)
  const images = await Promise.all(countedImagesAt(project, id, positions).map(look))
  return images.map(described)
}
