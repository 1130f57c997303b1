/** @file Copies of a project's database: on request, and by itself before what could go wrong. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import { withDatabaseErrors } from './database-error.ts'
import { backupsFolder } from './layout.ts'

/** How many copies are kept of those that the product makes by itself, and of those asked for. */
const keptBackups = 5

/** Part of the name of a copy that the user asked for. */
export const requested = 'request'

const nameForm = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d\.\d{3}Z)-(.+)\.db$/

/**
 * Writes a consistent copy of the database as of now to `file`, while others read and write.
 * The file appears whole or not at all. Probability maps and networks are not part of it.
 * @throws AppError `file-exists`, `disk-full`, `read-only`
 */
export function backupTo(db: Database, file: string): void {
  if (existsSync(file))
    throw new AppError('file-exists', `${file} exists already`, 'Name a file that does not exist.')
  const unfinished = `${file}.unfinished`
  rmSync(unfinished, { force: true })
  try {
    withDatabaseErrors(file, () => db.prepare('VACUUM INTO ?').run(unfinished))
    renameSync(unfinished, file)
  } finally {
    rmSync(unfinished, { force: true })
  }
}

/**
 * Makes a copy in the project's folder of backups and removes all but the newest few of its sort:
 * those that the user asked for do not go when the product makes some by itself. Returns the file.
 */
export function rotateBackups(db: Database, dir: string, reason: string): string {
  const file = freeBackupFile(dir, reason)
  backupTo(db, file)
  const isRequested = reason === requested
  const names = readBackups(dir)
    .filter((backup) => (backup.reason === requested) === isRequested)
    .slice(keptBackups)
  for (const old of names) rmSync(old.file)
  return file
}

/** A copy of the database in the folder of backups. */
export interface BackupFile {
  file: string
  /** When it was made, ISO 8601. */
  at: string
  /** Why, as the one who made it called it. */
  reason: string
}

/** The copies of a project, the newest first; files with other names are none. */
export function readBackups(dir: string): BackupFile[] {
  const folder = backupsFolder(dir)
  if (!existsSync(folder)) return []
  const backups = readdirSync(folder).flatMap((name): BackupFile[] => {
    const [, day, hour, minute, second, reason] = nameForm.exec(name) ?? []
    if (reason === undefined) return []
    return [{ file: join(folder, name), at: `${day}T${hour}:${minute}:${second}`, reason }]
  })
  return backups.sort((a, b) => (a.file < b.file ? 1 : -1))
}

/** A name that sorts by time; a second backup within a millisecond gets the next one. */
export function freeBackupFile(dir: string, reason: string): string {
  const folder = backupsFolder(dir)
  mkdirSync(folder, { recursive: true })
  for (let at = Date.now(); ; at++) {
    const stamp = new Date(at).toISOString().replaceAll(':', '-')
    const file = join(folder, `${stamp}-${reason}.db`)
    if (!existsSync(file)) return file
  }
}
