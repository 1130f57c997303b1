/** @file How long the training of an experiment's network took. */
import { z } from 'zod'
import type { Project } from './handle.ts'
import { first } from './rows.ts'

const row = z.object({ seconds: z.number().nullable() })

/**
 * Mean seconds of an epoch's training, its validation left out, in the run of an experiment that a
 * network came out of; null for networks of no experiment.
 */
export function secondsPerEpochOf({ db }: Project, model: string): number | null {
  const table = "SELECT 1 FROM sqlite_schema WHERE name = 'experiment_checkpoint'"
  // An older project that is only read stays as it is, without experiments.
  if (!first(db, z.unknown(), table)) return null
  const sql = `SELECT avg(epoch.seconds) AS seconds
    FROM experiment_checkpoint AS checkpoint
    JOIN experiment_epoch AS epoch USING (experiment_id, seed)
    WHERE checkpoint.model_id = ?`
  return first(db, row, sql, model)?.seconds ?? null
}
