/** @file Where everything lies in a project's folder. */
import { join } from 'node:path'

/** The database of a project: what a user would lose by starting again. */
export const databaseFile = (dir: string): string => join(dir, 'project.db')

/** Held by the process that writes; holds nothing of the user's. */
export const lockFile = (dir: string): string => join(dir, 'lock.db')

/** Networks of the project, a folder each. */
export const modelsFolder = (dir: string): string => join(dir, 'models')

/** Probability maps, a database for each run; they can be inferred again. */
export const mapsFolder = (dir: string): string => join(dir, 'maps')

export const mapsFile = (dir: string, run: number): string => join(mapsFolder(dir), `${run}.db`)

/** May be deleted at any time. */
export const cacheFolder = (dir: string): string => join(dir, 'cache')

export const thumbnailsFile = (dir: string): string => join(cacheFolder(dir), 'thumbnails.db')

/** Copies of the database that the product makes by itself, the newest five. */
export const backupsFolder = (dir: string): string => join(dir, 'backups')

/** What was recorded of a camera: tapes like others. */
export const recordingsFolder = (dir: string): string => join(dir, 'recordings')

/** Pictures of image sets that the project keeps, a folder each. */
export const imagesFolder = (dir: string): string => join(dir, 'images')
