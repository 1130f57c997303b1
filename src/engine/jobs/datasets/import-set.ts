/** @file `dataset import`: a set of any format becomes an image set of the project. */
import { resolve } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { listClasses, replaceClasses, setClassParent } from '../../db/classes.ts'
import { type Project, write } from '../../db/handle.ts'
import {
  beginImageSet,
  completeImageSet,
  picturesFolder,
  removeImageSet,
} from '../../db/image-sets.ts'
import type { FormatName } from '../../formats/formats.ts'
import { type OpenOptions, type OpenSet, openSet } from '../../formats/open-set.ts'
import { loggedJob } from '../logged-job.ts'
import { type ClassPlan, planClasses } from './plan-classes.ts'
import { setName } from './set-name.ts'
import { storeImages } from './store-images.ts'
import type { SetSummary } from './summary.ts'

export interface ImportedSet extends SetSummary {
  format: FormatName
  /** Id of the image set. */
  set: number
}

function applyClasses(project: Project, { before, after, parents }: ClassPlan): void {
  if (JSON.stringify(listClasses(project)) !== JSON.stringify(before))
    throw new AppError(
      'class-mismatch',
      'the classes of the project were changed while the set was imported',
      'Import it again.',
    )
  replaceClasses(project, after)
  for (const [index, parent] of parents) setClassParent(project, index, parent)
}

async function store(project: Project, opened: OpenSet, path: string, work: LongWork) {
  const { set, format, isUnpacked } = opened
  const plan = planClasses(project, listClasses(project), set.classes)
  const source = beginImageSet(project, {
    ...{ name: setName(path), format, path: resolve(path) },
    ...{ classesBefore: plan.before, classesAfter: plan.after },
  })
  try {
    const folder = picturesFolder(project, source)
    const storing = {
      set,
      format,
      source,
      indexOf: plan.indexOf,
      folder,
      keepsPictures: isUnpacked,
    }
    const { counter, ...whole } = await storeImages(project, storing, work)
    if (whole.images === 0)
      throw new AppError(
        'bad-dataset',
        `${path} holds no image that can be taken; ${counter.problems.length} have problems${counter.problems[0] ? `, such as ${counter.problems[0].file}: ${counter.problems[0].why}` : ''}`,
        'Look at them with --dry-run.',
      )
    write(project, () => {
      applyClasses(project, plan)
      completeImageSet(project, source, { ...whole, problems: counter.problems })
    })
    const names = new Map(plan.after.map(({ index, name }) => [index, { name }]))
    const classes = Array.from({ length: 255 }, (_, i) => names.get(i) ?? { name: '' })
    const summary = counter.summary(classes)
    const own = new Set(plan.indexOf)
    const shown = summary.classes.filter(({ name }, index) => name !== '' && own.has(index))
    return { ...summary, classes: shown, set: source }
  } catch (error) {
    removeImageSet(project, source)
    throw error
  }
}

/**
 * Imports a file, folder or zip: all of it, or nothing when it cannot be read, is cancelled or the
 * program ends. Images and annotations that cannot be used are left out and named. Pictures stay
 * where they are; those of a zip are kept in the project.
 * @throws AppError `bad-dataset`, `dataset-exists`, `disk-full`, `cancelled`
 */
export function importSet(
  project: Project,
  path: string,
  options: OpenOptions,
  work: LongWork,
): Promise<ImportedSet> {
  return loggedJob(project, 'import', { path, ...options }, work, async (inner) => {
    await using opened = await openSet(path, options, inner)
    return { format: opened.format, ...(await store(project, opened, path, inner)) }
  })
}
