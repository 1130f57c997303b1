/** @file Copies of a project's database: on request, and by itself before what could go wrong. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import { withDatabaseErrors } from './database-error.ts'
import { backupsFolder } from './layout.ts'

/** How many of the copies that the product makes by itself are kept. */
const keptBackups = 5

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

/** Makes a copy in the project's folder of backups and removes all but the newest few. */
export function rotateBackups(db: Database, dir: string, reason: string): void {
  const folder = backupsFolder(dir)
  mkdirSync(folder, { recursive: true })
  backupTo(db, freeName(folder, reason))
  const names = readdirSync(folder).filter((name) => name.endsWith('.db'))
  for (const name of names.sort().slice(0, -keptBackups)) rmSync(join(folder, name))
}

/** A name that sorts by time; a second backup within a millisecond gets the next one. */
function freeName(folder: string, reason: string): string {
  for (let at = Date.now(); ; at++) {
    const stamp = new Date(at).toISOString().replaceAll(':', '-')
    const file = join(folder, `${stamp}-${reason}.db`)
    if (!existsSync(file)) return file
  }
}
