/** @file What SQLite's errors mean to the user of a project. */
import Database from 'better-sqlite3'
import { AppError, type ErrorCode, toAppError } from '../../shared/errors.ts'

interface Meaning {
  /** Beginning of SQLite's code: SQLITE_READONLY stands for SQLITE_READONLY_DBMOVED as well. */
  prefix: string
  code: ErrorCode
  message(file: string): string
  hint: string
}

const full: Omit<Meaning, 'prefix'> = {
  code: 'disk-full',
  message: (file) => `the disk is full; ${file} could not be written, what it held before is safe`,
  hint: 'Free some space and repeat the last step: work goes on where it stopped.',
}

const readOnly: Omit<Meaning, 'prefix'> = {
  code: 'read-only',
  message: (file) => `${file} cannot be opened for writing`,
  hint: 'Check the permissions of the folder, or copy the project to a writable disk.',
}

/** What to do about a damaged project. */
export const restoreHint =
  'Restore its newest good backup: in the workbench’s list of projects, or by copying a file of the ' +
  'folder backups/ over project.db. ' +
  'Files in maps/ may be deleted: `maskbench infer` makes them again.'

const damaged: Omit<Meaning, 'prefix'> = {
  code: 'project-damaged',
  message: (file) => `${file} is damaged`,
  hint: restoreHint,
}

const meanings: readonly Meaning[] = [
  { prefix: 'SQLITE_FULL', ...full },
  // No room for the index of the write-ahead log.
  { prefix: 'SQLITE_IOERR_SHMSIZE', ...full },
  { prefix: 'SQLITE_READONLY', ...readOnly },
  { prefix: 'SQLITE_CANTOPEN', ...readOnly },
  { prefix: 'SQLITE_CORRUPT', ...damaged },
  { prefix: 'SQLITE_NOTADB', ...damaged },
  {
    prefix: 'SQLITE_BUSY',
    code: 'project-locked',
    message: (file) => `${file} is busy: another process is writing to it`,
    hint: 'Wait until it has finished, then repeat the last step.',
  },
]

/** Turns whatever was thrown while working on the database `file` into an AppError. */
export function toDatabaseError(error: unknown, file: string): AppError {
  if (!(error instanceof Database.SqliteError)) return toAppError(error, file)
  const meaning = meanings.find(({ prefix }) => error.code.startsWith(prefix))
  if (!meaning) return toAppError(error, file)
  return new AppError(meaning.code, meaning.message(file), meaning.hint, { cause: error })
}

/** Runs `work` on the database `file`; its errors become AppErrors. */
export function withDatabaseErrors<Result>(file: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw toDatabaseError(error, file)
  }
}
