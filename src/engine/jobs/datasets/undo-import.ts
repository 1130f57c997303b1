/** @file `dataset undo`: takes the last import back. */
import { AppError } from '../../../shared/errors.ts'
import type { MaskClass } from '../../../shared/mask.ts'
import { listClasses, replaceClasses } from '../../db/classes.ts'
import type { Project } from '../../db/handle.ts'
import { type ImageSet, listImageSets, paintedSince, removeImageSet } from '../../db/image-sets.ts'
import { usedClasses } from '../../db/used-classes.ts'
import { loggedJob } from '../logged-job.ts'

const isSame = (a: MaskClass | undefined, b: MaskClass | undefined): boolean =>
  a?.name === b?.name && a?.colour === b?.colour

/** Classes that the import brought and nothing else uses become what they were. */
function restoreClasses(project: Project, { classesBefore, classesAfter }: ImageSet): void {
  const at = (classes: readonly MaskClass[], index: number) =>
    classes.find((each) => each.index === index)
  const now = listClasses(project)
  const used = usedClasses(project)
  const indices = new Set([...now, ...classesBefore].map(({ index }) => index))
  const restored = [...indices].flatMap((index) => {
    const present = at(now, index)
    const isBrought = isSame(present, at(classesAfter, index))
    const isFree = index === 0 || !used.has(index)
    const chosen = isBrought && isFree ? at(classesBefore, index) : present
    return chosen ? [chosen] : []
  })
  const names = restored.map(({ name }) => name)
  // A name that somebody gave to another class meanwhile stays there.
  if (new Set(names).size === names.length) replaceClasses(project, restored)
}

/**
 * Removes the image set that was imported last, with its masks, and the classes that came with it
 * where nothing else uses them.
 * @throws AppError `no-such-dataset` where there is none, `labels-changed` when images of it were
 * painted since; `painted` says that they may go
 */
export async function undoImport(
  project: Project,
  { painted = false }: { painted?: boolean | undefined } = {},
): Promise<ImageSet> {
  const set = listImageSets(project).at(-1)
  if (!set)
    throw new AppError(
      'no-such-dataset',
      'the project has no image set',
      'Import one with `maskbench dataset import`.',
    )
  const images = paintedSince(project, set.id)
  if (images > 0 && !painted)
    throw new AppError(
      'labels-changed',
      `${images} ${images === 1 ? 'image' : 'images'} of set ${set.id} (${set.name}) were painted since it was imported`,
      'Export the set first with `maskbench dataset export`; with --painted it goes with them.',
    )
  return removeSet(project, set)
}

/** Removes a set, also one that was painted in. */
export function removeSet(project: Project, set: ImageSet): Promise<ImageSet> {
  return loggedJob(project, 'import', { undo: set.id, path: set.path }, {}, async () => {
    removeImageSet(project, set.id, () => restoreClasses(project, set))
    return set
  })
}
