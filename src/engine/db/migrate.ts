/** @file Brings a database to the current schema. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type Migration, migrations } from './migrations/index.ts'

/** The schema's version that this program writes; SQLite keeps it as `user_version`. */
export const currentVersion = migrations.length

export function versionOf(db: Database): number {
  return z.int().parse(db.pragma('user_version', { simple: true }))
}

/**
 * Runs the migrations that `db` lacks, each in a transaction together with its new version number.
 * `before` is called ahead of each with the version that is left, to make a backup.
 */
export function migrate(
  db: Database,
  before: (version: number) => void,
  list: readonly Migration[] = migrations,
): void {
  for (const [version, up] of list.entries()) {
    if (version < versionOf(db)) continue
    before(version)
    db.transaction(() => {
      up(db)
      db.pragma(`user_version = ${version + 1}`)
    })()
  }
}
