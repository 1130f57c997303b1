/** @file How much there is in a project, for the list of projects. */
import { existsSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { openReadOnly } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import { checkIdentity } from './identity.ts'
import { databaseFile } from './layout.ts'
import { isLocked } from './lock.ts'
import { versionOf } from './migrate.ts'
import { noProject } from './no-project.ts'
import { first } from './rows.ts'

const countsSchema = z.object({
  tapes: z.int(),
  frames: z.int(),
  labels: z.int(),
  running: z.int(),
  unfinished: z.int(),
})

export type ProjectContents = z.output<typeof countsSchema>

/** Jobs can be put away since this version of the schema. */
const dismissedSince = 3
/** And sources may be sets of pictures since this one. */
const imageSetsSince = 5

function countsOf(db: Database): ProjectContents {
  const kept = versionOf(db) >= dismissedSince ? 'NOT dismissed' : 'TRUE'
  const sets = versionOf(db) >= imageSetsSince ? 'SELECT source_id FROM image_set' : 'SELECT 0'
  const counts = first(
    db,
    countsSchema,
    `SELECT
       (SELECT count(*) FROM source WHERE id NOT IN (${sets})) AS tapes,
       (SELECT coalesce(sum(frames), 0) FROM source WHERE id NOT IN (${sets})) AS frames,
       (SELECT count(*) FROM
         (SELECT source_id, max(version), sha256 FROM mask GROUP BY source_id, frame)
         WHERE sha256 IS NOT NULL AND source_id NOT IN (${sets})) AS labels,
       (SELECT count(*) FROM job WHERE state IN ('queued', 'running')) AS running,
       (SELECT count(*) FROM job WHERE state IN ('failed', 'interrupted') AND ${kept}) AS unfinished`,
  )
  return counts ?? { tapes: 0, frames: 0, labels: 0, running: 0, unfinished: 0 }
}

/**
 * Looks into the project in `dir` without changing it, also while another process writes it and where
 * it is of an older version. Jobs that a process that died left running are unfinished.
 * @throws AppError `no-such-file`, `not-a-project`, `project-too-new`, `project-damaged`
 */
export function projectContents(dir: string): ProjectContents {
  const file = databaseFile(dir)
  if (!existsSync(file)) throw noProject(dir)
  const { db, close } = withDatabaseErrors(file, () => openReadOnly(file))
  try {
    // For writing an older project is as good as a current one.
    withDatabaseErrors(file, () => checkIdentity(db, dir, 'write'))
    const counts = countsOf(db)
    if (counts.running === 0 || isLocked(dir)) return counts
    return { ...counts, running: 0, unfinished: counts.unfinished + counts.running }
  } finally {
    close()
  }
}
