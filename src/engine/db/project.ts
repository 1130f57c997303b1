/** @file Creates and opens projects: a folder with a database, for one writer and many readers. */
import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import { defaultClasses } from '../../shared/mask.ts'
import { backupTo, rotateBackups } from './backup.ts'
import { setClasses } from './classes.ts'
import { closeWritable, openReadOnly, openWritable } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import { interruptExperiments } from './experiments.ts'
import { type Project, write } from './handle.ts'
import { checkHealth, checkIdentity, markAsOurs } from './identity.ts'
import { removeHalfImported } from './image-sets.ts'
import { interruptJobs } from './jobs.ts'
import { cacheFolder, databaseFile, mapsFolder, modelsFolder } from './layout.ts'
import { takeLock } from './lock.ts'
import { migrate } from './migrate.ts'
import { noProject } from './no-project.ts'
import { foldAllStrokes } from './painted-masks.ts'
import { interruptRuns } from './runs.ts'
import { interruptTrainings } from './trainings.ts'

export type { Project } from './handle.ts'

/**
 * Makes the folder of a new, empty project and opens it for writing. Whoever opens closes.
 * @throws AppError `project-exists` when `dir` is not empty, `disk-full`, `read-only`
 */
export function createProject(dir: string): Project {
  if (existsSync(dir) && (!statSync(dir).isDirectory() || readdirSync(dir).length > 0))
    throw new AppError(
      'project-exists',
      `${dir} exists already and is not an empty folder`,
      'Choose another name, or open the project that is there.',
    )
  const existed = existsSync(dir)
  try {
    for (const folder of [modelsFolder, mapsFolder, cacheFolder])
      mkdirSync(folder(dir), { recursive: true })
    return openWriter(dir, { create: true }, fill)
  } catch (error) {
    removeHalfMade(dir, existed)
    throw toAppError(error, dir)
  }
}

/** Leaves things as they were before: no folder, or an empty one. */
function removeHalfMade(dir: string, existed: boolean): void {
  if (!existsSync(dir)) return
  for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true })
  if (!existed) rmdirSync(dir)
}

/**
 * Opens a project. For writing it takes the project's lock, brings an older project to the current
 * schema after a backup, and marks as interrupted what a process that died left running.
 * @throws AppError `no-such-file`, `not-a-project`, `project-too-new` (nothing is touched),
 * `project-locked`, `project-damaged`, `read-only`, `disk-full`
 */
export function openProject(dir: string, { mode }: { mode: 'write' | 'read' }): Project {
  const file = databaseFile(dir)
  if (!existsSync(file)) throw noProject(dir)
  const { db, close } = withDatabaseErrors(file, () => openReadOnly(file))
  try {
    withDatabaseErrors(file, () => checkIdentity(db, dir, mode))
  } catch (error) {
    close()
    throw error
  }
  if (mode === 'read') return { dir, mode, db, close }
  close()
  return openWriter(dir, { create: false }, recover)
}

/** Writes a consistent copy of the project's database to `file`; see `backupTo`. */
export function backup(project: Project, file: string): void {
  backupTo(project.db, file)
}

/** Takes the lock, opens the database and lets `prepare` bring it into order. */
function openWriter(
  dir: string,
  options: { create: boolean },
  prepare: (project: Project) => void,
): Project {
  const file = databaseFile(dir)
  const unlock = takeLock(dir)
  let close = unlock
  try {
    const db = withDatabaseErrors(file, () => openWritable(file, options))
    close = () => {
      closeWritable(db)
      unlock()
    }
    const project: Project = { dir, mode: 'write', db, close }
    withDatabaseErrors(file, () => prepare(project))
    return project
  } catch (error) {
    close()
    throw error
  }
}

/** The content of a new project. */
function fill(project: Project): void {
  write(project, (db) => {
    markAsOurs(db)
    migrate(db, () => {})
    setClasses(project, defaultClasses)
  })
}

/** Brings an existing project up to date, and to order after a process that died. */
function recover(project: Project): void {
  checkHealth(project.db)
  migrate(project.db, (version) =>
    rotateBackups(project.db, project.dir, `before-version-${version + 1}`),
  )
  interruptJobs(project)
  interruptRuns(project)
  interruptTrainings(project)
  interruptExperiments(project)
  foldAllStrokes(project)
  removeHalfImported(project)
}
