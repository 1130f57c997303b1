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
 * `before` is called once ahead of them, to make a backup: with the version that is left.
 */
export function migrate(
  db: Database,
  before: (version: number) => void,
  list: readonly Migration[] = migrations,
): void {
  const left = versionOf(db)
  if (left < list.length) before(left)
  for (const [version, up] of list.entries()) {
    if (version < left) continue
    db.transaction(() => {
      up(db)
      db.pragma(`user_version = ${version + 1}`)
    })()
  }
}
