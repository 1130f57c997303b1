/** @file An open project, as everything that reads or writes it sees it. */
import { basename } from 'node:path'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import { withDatabaseErrors } from './database-error.ts'

export interface Project {
  /** The folder NAME.maskbench. */
  readonly dir: string
  /** One process writes; others read, also while it writes and from a read-only disk. */
  readonly mode: 'write' | 'read'
  readonly db: Database
  close(): void
}

/** @throws AppError `read-only` when the project is open for reading */
export function requireWriter({ dir, mode }: Project): void {
  if (mode === 'write') return
  throw new AppError(
    'read-only',
    `${basename(dir)} is open read-only`,
    'Close it where it is open for writing, then open it again.',
  )
}

/**
 * Runs `work` in one transaction: all of it is stored, or nothing. Nests.
 * @throws AppError `read-only` when the project is open for reading, `disk-full`, `project-damaged`
 */
export function write<Result>(project: Project, work: (db: Database) => Result): Result {
  requireWriter(project)
  const { db } = project
  return withDatabaseErrors(db.name, () => db.transaction(() => work(db)).immediate())
}
