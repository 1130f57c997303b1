/** @file The stored scores of a run, by shape and cut. */

import { cutIndex } from '../../shared/count/rule.ts'
import { cutCount } from '../../shared/count/types.ts'
import { AppError } from '../../shared/errors.ts'
import type { Shape } from '../count/shape.ts'
import { restoreHint, withDatabaseErrors } from './database-error.ts'
import { type Project, write } from './handle.ts'
import { readSums, writeSums } from './score-blocks.ts'
import { scoreCache } from './score-cache.ts'
import { attachShape, type RunShape } from './shapes.ts'

/**
 * The sums of a run's shape at a cut (one of `cuts`), one a position, for as many positions as are
 * scored. Kept in memory: a recount at another threshold does not read them again. Not to be changed.
 * @throws AppError `bad-value` for another cut, `project-damaged`
 */
export function loadScores(
  project: Project,
  run: number,
  { id, approximate, scored }: RunShape,
  cut: number,
): Float64Array {
  const index = cutIndex(cut)
  const key = [run, id, index, approximate, scored].join(' ')
  return scoreCache(project).get(key, () => {
    const at = { run, shape: id, cut: index }
    const sums = withDatabaseErrors(project.db.name, () => readSums(project.db, at, scored))
    if (sums) return sums
    throw new AppError(
      'project-damaged',
      `scores of run ${run} are missing from the project`,
      restoreHint,
    )
  })
}

/**
 * Stores scores that a shape has by the probability maps of a run, `[cuts, positions]`, marked as
 * approximate. They begin at position `from`, which begins a block, and all before are stored. A
 * shape that the run has exact scores for keeps those.
 */
export function saveApproximateScores(
  project: Project,
  run: number,
  shape: Shape,
  sums: Float64Array,
  from = 0,
): void {
  write(project, (db) => {
    const id = attachShape(db, { run, shape, approximate: true })
    const { changes } = db
      .prepare(
        `UPDATE run_shape SET scored = max(scored, ?)
         WHERE run_id = ? AND shape_id = ? AND approximate = 1`,
      )
      .run(from + sums.length / cutCount, run, id)
    if (changes > 0) writeSums(db, { run, shape: id }, sums, from)
  })
}
