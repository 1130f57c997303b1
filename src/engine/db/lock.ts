/**
 * @file One process writes to a project.
 *
 * The lock is SQLite's own on a file beside the database, an open write transaction: the operating
 * system drops it with the process, however that ends, so there are no stale locks. Unlike an
 * exclusive lock it lets others read who holds it.
 */
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import Database from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import { toDatabaseError } from './database-error.ts'
import { lockFile } from './layout.ts'

/** Long enough for two processes that start at once to get past each other's first step. */
const patienceMs = 250

const isBusy = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')

/** Who wrote the name plate last; the lock itself may have changed hands since. */
function holderOf(db: Database.Database): string {
  try {
    const name = db.prepare<[], string>('SELECT name FROM holder').pluck().get()
    return name ?? 'another process'
  } catch (error) {
    if (error instanceof Database.SqliteError) return 'another process'
    throw error
  }
}

function take(db: Database.Database): void {
  db.exec('BEGIN IMMEDIATE')
  db.exec('CREATE TABLE IF NOT EXISTS holder (name TEXT NOT NULL) STRICT; DELETE FROM holder')
  db.prepare('INSERT INTO holder VALUES (?)').run(`process ${process.pid} on ${hostname()}`)
  // Only what is committed can be read by others. Whoever gets in between is the holder then.
  db.exec('COMMIT; BEGIN IMMEDIATE')
}

/**
 * Takes the project's lock and returns the function that gives it back.
 * @throws AppError `project-locked` that names the process holding it; `read-only`, `disk-full`
 */
export function takeLock(dir: string): () => void {
  const file = lockFile(dir)
  let db: Database.Database | undefined
  try {
    db = new Database(file, { timeout: patienceMs })
    take(db)
    const held = db
    return () => held.close()
  } catch (error) {
    const locked = db && isBusy(error) ? lockedError(dir, holderOf(db)) : undefined
    db?.close()
    throw locked ?? toDatabaseError(error, file)
  }
}

/** Whether a process, this one included, holds the project's lock now. */
export function isLocked(dir: string): boolean {
  const file = lockFile(dir)
  if (!existsSync(file)) return false
  let db: Database.Database | undefined
  try {
    db = new Database(file, { fileMustExist: true, timeout: 0 })
    db.exec('BEGIN IMMEDIATE; ROLLBACK')
    return false
  } catch (error) {
    // On a read-only disk nobody can hold it.
    return isBusy(error)
  } finally {
    db?.close()
  }
}

function lockedError(dir: string, holder: string): AppError {
  return new AppError(
    'project-locked',
    `${basename(dir)} is open for writing in another process (${holder})`,
    'Close it there, or open it read-only here.',
  )
}
