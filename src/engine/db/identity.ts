/** @file Is this file a project of ours, of a version we know, and whole? */
import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { restoreHint } from './database-error.ts'
import { currentVersion, versionOf } from './migrate.ts'

/** "MBch" in the header of the file, see `PRAGMA application_id`. */
const applicationId = 0x4d426368

export function markAsOurs(db: Database): void {
  db.pragma(`application_id = ${applicationId}`)
}

/**
 * Checks who wrote the file, without changing it.
 * @throws AppError `not-a-project`, `project-too-new`; `read-only` for an older project opened for
 * reading, which has to be brought to the current schema first
 */
export function checkIdentity(db: Database, dir: string, mode: 'write' | 'read'): void {
  const name = basename(dir)
  if (db.pragma('application_id', { simple: true }) !== applicationId)
    throw new AppError(
      'not-a-project',
      `${dir} is not a Maskbench project: its project.db was made by another program`,
      'Name a folder NAME.maskbench that `maskbench create` made.',
    )
  const version = versionOf(db)
  if (version > currentVersion)
    throw new AppError(
      'project-too-new',
      `${name} was made by a newer Maskbench (schema ${version}, this one knows ${currentVersion})`,
      'Update Maskbench. The project was not changed.',
    )
  if (version < currentVersion && mode === 'read')
    throw new AppError(
      'read-only',
      `${name} was made by an older Maskbench (schema ${version}, this one uses ${currentVersion})`,
      'Open it once for writing, which brings it up to date.',
    )
}

/** Tables that cannot be made again and are small enough to be checked at every opening. */
const preciousTables = [
  'setting',
  'source',
  'recipe',
  'region',
  'region_revision',
  'class',
  'review',
  'run',
  'run_shape',
  'job',
]

/**
 * Looks for damage where a check is quick. Scores (the bulk of the file) and masks (each with its
 * SHA-256) are checked when they are read.
 * @throws AppError `project-damaged`
 */
export function checkHealth(db: Database): void {
  for (const table of preciousTables) {
    const found = z.string().parse(db.pragma(`quick_check(${table})`, { simple: true }))
    if (found === 'ok') continue
    throw new AppError('project-damaged', `${db.name} is damaged: ${found}`, restoreHint)
  }
}
