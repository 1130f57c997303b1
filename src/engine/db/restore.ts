/** @file Puts a copy of a project's database in its place. */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { AppError, toAppError } from '../../shared/errors.ts'
import { freeBackupFile, rotateBackups } from './backup.ts'
import { closeWritable, openReadOnly, openWritable } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import { checkIdentity } from './identity.ts'
import { databaseFile, mapsFolder } from './layout.ts'
import { takeLock } from './lock.ts'
import { all } from './rows.ts'

const reason = 'before-restore'
const logs = ['-wal', '-shm', '-journal']

/** Refuses a file that is no whole database of a project that this program can open. */
function checkBackup(file: string): void {
  if (!existsSync(file))
    throw toAppError(Object.assign(new Error(), { code: 'ENOENT', path: file }))
  withDatabaseErrors(file, () => {
    const { db, close } = openReadOnly(file)
    try {
      checkIdentity(db, file, 'write')
      const found = z.string().parse(db.pragma('quick_check(1)', { simple: true }))
      if (found !== 'ok')
        throw new AppError(
          'project-damaged',
          `${basename(file)} is damaged: ${found}`,
          'Take another one.',
        )
    } finally {
      close()
    }
  })
}

/** A copy of what is there now; of a database that cannot be read, of its files as they are. */
function keepPresent(dir: string): void {
  const file = databaseFile(dir)
  if (!existsSync(file)) return
  try {
    const db = withDatabaseErrors(file, () => openWritable(file, { create: false }))
    try {
      rotateBackups(db, dir, reason)
    } finally {
      closeWritable(db)
    }
  } catch (error) {
    if (toAppError(error).code !== 'project-damaged') throw error
    const copy = freeBackupFile(dir, reason)
    for (const suffix of ['', ...logs])
      if (existsSync(file + suffix)) copyFileSync(file + suffix, copy + suffix)
  }
}

function putInPlace(backup: string, file: string): void {
  const partial = `${file}.restored`
  try {
    copyFileSync(backup, partial)
    const copy = openSync(partial, 'r+')
    fsyncSync(copy)
    closeSync(copy)
    // A log belongs to the database that it was written for.
    for (const suffix of logs) rmSync(file + suffix, { force: true })
    renameSync(partial, file)
  } finally {
    rmSync(partial, { force: true })
  }
}

/** Maps of runs that the restored project does not know would be taken for those of its next ones. */
function removeStrayMaps(dir: string): void {
  const { db, close } = openReadOnly(databaseFile(dir))
  try {
    const runs = new Set(
      all(db, z.object({ id: z.int() }), 'SELECT id FROM run').map(({ id }) => id),
    )
    const folder = mapsFolder(dir)
    for (const name of existsSync(folder) ? readdirSync(folder) : [])
      if (/^\d+\.db/.test(name) && !runs.has(Number.parseInt(name, 10))) rmSync(join(folder, name))
  } finally {
    close()
  }
}

/**
 * Replaces the database of the project in `dir`, which nobody has open for writing, by a copy of it.
 * What is there is backed up first. Networks and the maps of runs that stay are left as they are.
 * @throws AppError `no-such-file`, `not-a-project`, `project-too-new`, `project-damaged` for a copy
 * that cannot be used; `project-locked`, `disk-full`, `read-only`. Then nothing has changed.
 */
export function restoreBackup(dir: string, backup: string): void {
  checkBackup(backup)
  const unlock = takeLock(dir)
  try {
    // Rotation may remove the very copy that is asked for.
    const kept = `${databaseFile(dir)}.backup`
    copyFileSync(backup, kept)
    try {
      keepPresent(dir)
      putInPlace(kept, databaseFile(dir))
    } finally {
      rmSync(kept, { force: true })
    }
    removeStrayMaps(dir)
  } catch (error) {
    throw toAppError(error, dir)
  } finally {
    unlock()
  }
}
