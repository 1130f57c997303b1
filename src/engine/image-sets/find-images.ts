/** @file The pictures of a set that somebody looks for, and what is known of them. */
import type { DatasetImage, ImageFilter } from '../../shared/contract/datasets.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import type { Project } from '../db/handle.ts'
import { findImage, type ImageLabel, imageLabel, imageLabels } from '../db/image-labels.ts'
import { type ImageSet, listImages, type StoredImage } from '../db/image-sets.ts'
import { eachInTurn, maskFacts } from './mask-facts.ts'
import { declaredIndices, hasPicture, odditiesOf } from './oddities.ts'

type Quick = (image: StoredImage, label: ImageLabel | undefined) => boolean

/** What can be said without a look into masks. */
function quickTest({ name, split, annotated }: ImageFilter): Quick {
  const part = name?.trim().toLowerCase() ?? ''
  return (image, label) =>
    (part === '' || image.name.toLowerCase().includes(part)) &&
    (split === undefined || image.split === split) &&
    (annotated === undefined || (image.annotated || label !== undefined) === annotated)
}

/** Looks at pictures of one set, with what is the same for all of them. */
function describer(project: Project, set: number) {
  const declared = declaredIndices(listClasses(project))
  return (image: StoredImage, label: ImageLabel | undefined): DatasetImage => {
    const { position, name, width, height, split, scene } = image
    const facts = label ? maskFacts(project, set, label) : null
    const isThere = hasPicture(project, image)
    return {
      ...{ position, name, width, height, split, scene },
      annotated: image.annotated || label !== undefined,
      version: label?.version ?? 0,
      hasPicture: isThere,
      classes: facts ? [...facts] : [],
      odd: odditiesOf(isThere, { facts, area: width * height, declared }),
    }
  }
}

/**
 * Positions of the pictures that fit, ascending.
 * @throws AppError `cancelled`
 */
export async function findImages(
  project: Project,
  { id }: ImageSet,
  filter: ImageFilter,
  work: LongWork,
): Promise<number[]> {
  const labels = imageLabels(project, id)
  const isWanted = quickTest(filter)
  const quick = listImages(project, id).filter((image) =>
    isWanted(image, labels.get(image.position)),
  )
  const { class: wanted, odd } = filter
  if (wanted === undefined && !odd) return quick.map(({ position }) => position)
  const describe = describer(project, id)
  const found: number[] = []
  await eachInTurn(quick, 'look', work, (image) => {
    const label = labels.get(image.position)
    if (wanted !== undefined) {
      const facts = label ? maskFacts(project, id, label) : []
      if (!facts.some(({ index }) => index === wanted)) return
    }
    if (!odd || describe(image, label).odd.length > 0) found.push(image.position)
  })
  return found
}

/** What is known of the pictures at some positions; those that are not there are left out. */
export function describeImages(
  project: Project,
  { id }: ImageSet,
  positions: readonly number[],
): DatasetImage[] {
  const describe = describer(project, id)
  return positions.flatMap((position) => {
    const image = findImage(project, id, position)
    return image ? [describe(image, imageLabel(project, id, position))] : []
  })
}
