/** @file The classes of a project as the user wants them, as far as its masks allow. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, type MaskClass } from '../../shared/mask.ts'
import { listClasses, replaceClasses } from '../db/classes.ts'
import { write } from '../db/handle.ts'
import { foldAllStrokes } from '../db/painted-masks.ts'
import type { Project } from '../db/project.ts'
import { labelsWithClass } from '../db/used-classes.ts'

function refuseUsed(project: Project, { index, name }: MaskClass): void {
  const labels = index === backgroundIndex ? 0 : labelsWithClass(project, index)
  if (labels === 0 && index !== backgroundIndex) return
  throw new AppError(
    'bad-value',
    index === backgroundIndex
      ? 'class 0 is the background of every mask and cannot go'
      : `the class ${JSON.stringify(name)} is painted in ${labels} ${labels === 1 ? 'frame' : 'frames'}`,
    index === backgroundIndex
      ? 'Rename it instead.'
      : 'Paint over it first, or rename the class instead.',
  )
}

/**
 * Makes `classes` the classes of the project.
 * @throws AppError `bad-value` when a class that labels hold would go, or two share index or name
 */
export function changeClasses(project: Project, classes: readonly MaskClass[]): void {
  write(project, () => {
    const indices = new Set(classes.map(({ index }) => index))
    const gone = listClasses(project).filter(({ index }) => !indices.has(index))
    if (gone.length > 0) foldAllStrokes(project)
    for (const each of gone) refuseUsed(project, each)
    replaceClasses(project, classes)
  })
}
