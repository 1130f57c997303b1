/** @file Which image sets a command is about. */
import { AppError } from '../../../shared/errors.ts'
import type { Project } from '../../db/handle.ts'
import { getImageSet, type ImageSet, listImageSets } from '../../db/image-sets.ts'

/**
 * The set of this id, or all of the project's.
 * @throws AppError `no-such-dataset` when there is none
 */
export function chooseSets(project: Project, set?: number): ImageSet[] {
  if (set !== undefined) return [getImageSet(project, set)]
  const sets = listImageSets(project)
  if (sets.length > 0) return sets
  throw new AppError(
    'no-such-dataset',
    'the project has no image set',
    'Import one with `maskbench dataset import`.',
  )
}
