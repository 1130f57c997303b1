/** @file Opens SQLite files: how durable, how patient, and what to do on a read-only disk. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'

/** How long a statement waits for another process's short write. */
const busyMs = 5000

/**
 * Opens a database for writing, creating it where `create` says so. Write-ahead log, so that others
 * read while we write; a commit is on the disk when it returns, also through a power failure.
 */
export function openWritable(file: string, { create }: { create: boolean }): Database.Database {
  const db = new Database(file, { fileMustExist: !create, timeout: busyMs })
  try {
    db.pragma('foreign_keys = ON')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    // macOS: only a full fsync reaches the disk; nothing elsewhere.
    db.pragma('fullfsync = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Closes a writable database so that one file without a log is left: such a file can be read from
 * a read-only disk. While others read, the log stays until the next writer closes.
 */
export function closeWritable(db: Database.Database): void {
  try {
    if (db.open && !db.inTransaction) {
      db.pragma('busy_timeout = 0')
      db.pragma('journal_mode = DELETE')
    }
  } catch (error) {
    // Busy: others read. Full, read-only: the log has everything and the next opening merges it.
    if (!(error instanceof Database.SqliteError)) throw error
  } finally {
    db.close()
  }
}

export interface ReadOnlyConnection {
  db: Database.Database
  close(): void
}

/** Opens a file read-only and proves that it can be read. */
function openInPlace(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: busyMs })
  try {
    db.pragma('schema_version')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

const needsWritableFolder = (error: unknown): boolean =>
  error instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code)

/** Opens a copy of the database with its log or journal; it is removed on closing. */
function openCopy(file: string): ReadOnlyConnection {
  const folder = mkdtempSync(join(tmpdir(), 'maskbench-read-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, basename(file))
    for (const suffix of ['', '-wal', '-journal'])
      if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix)
    // Opening the copy for writing merges the log, or rolls back what the journal says.
    closeWritable(openWritable(copy, { create: false }))
    const db = openInPlace(copy)
    const close = (): void => {
      db.close()
      remove()
    }
    return { db, close }
  } catch (error) {
    remove()
    throw error
  }
}

/**
 * Opens a database for reading, beside a process that may be writing to it. A log that was left
 * behind on a disk we cannot write to is read from a temporary copy: SQLite needs to write beside it.
 */
export function openReadOnly(file: string): ReadOnlyConnection {
  try {
    const db = openInPlace(file)
    return { db, close: () => db.close() }
  } catch (error) {
    if (!needsWritableFolder(error) || !existsSync(file)) throw error
    return openCopy(file)
  }
}
