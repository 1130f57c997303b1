/** @file What an image set of the project has that not every format can hold. */
import { createHash } from 'node:crypto'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses, listClassParents } from '../db/classes.ts'
import type { Project } from '../db/handle.ts'
import { imageLabels } from '../db/image-labels.ts'
import { type ImageSet, listImages } from '../db/image-sets.ts'
import { type FeatureCounts, featuresOf } from '../formats/set-features.ts'
import { storedSet } from '../jobs/datasets/stored-set.ts'

/** The same text as long as pictures, masks and classes are the same. */
function fingerprintOf(project: Project, set: ImageSet): string {
  const hash = createHash('sha256')
  const labels = imageLabels(project, set.id)
  for (const image of listImages(project, set.id))
    hash.update(JSON.stringify([image, labels.get(image.position)?.sha256]))
  hash.update(JSON.stringify([listClasses(project), [...listClassParents(project)]]))
  return `${project.dir} ${set.id} ${hash.digest('hex')}`
}

/** Of the last set that was looked through: one format after the other may be asked about. */
let last: { key: string; features: FeatureCounts } | null = null

/**
 * What a set has that not every format holds.
 * @throws AppError `cancelled`
 */
export async function storedFeatures(
  project: Project,
  set: ImageSet,
  work: LongWork,
): Promise<FeatureCounts> {
  const key = fingerprintOf(project, set)
  if (last?.key === key) return last.features
  const features = await featuresOf(storedSet(project, [set]), work)
  last = { key, features }
  return features
}
