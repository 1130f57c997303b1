/** @file `dataset export`: image sets of a project in a format that others read. */
import type { LongWork } from '../../../shared/progress.ts'
import type { Project } from '../../db/handle.ts'
import { chooseSets } from './choose-sets.ts'
import { storedSet } from './stored-set.ts'
import { type OutOptions, type SetOut, writeOut } from './write-out.ts'

/**
 * Writes the image sets, or the one that is given, as a folder or a zip: all of it, or nothing.
 * @throws AppError `no-such-dataset`, `file-exists`, `disk-full`, `cancelled`
 */
export function exportSet(
  project: Project,
  target: string,
  { set, ...options }: OutOptions & { set?: number | undefined },
  work: LongWork,
): Promise<SetOut> {
  return writeOut(storedSet(project, chooseSets(project, set)), target, options, work)
}
