/** @file Taking sets in and giving them out, as jobs of an open project. */
import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { ImageSet } from '../db/image-sets.ts'
import { datasetFormats, type FormatName, formatNames, isFormatName } from '../formats/formats.ts'
import type { OpenOptions } from '../formats/open-set.ts'
import { importSet } from '../jobs/datasets/import-set.ts'
import { storedSet } from '../jobs/datasets/stored-set.ts'
import { writeOut } from '../jobs/datasets/write-out.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { isBelow } from '../workbench/roots.ts'

/** @throws AppError `bad-value` for a format that there is not */
export function formatNamed(name: string): FormatName {
  if (isFormatName(name)) return name
  throw new AppError(
    'bad-value',
    `there is no format ${JSON.stringify(name.slice(0, 40))}`,
    `Choose one of ${formatNames.join(', ')}.`,
  )
}

/** A format for people; that of a set may be one that this version does not know. */
export function titleOf(format: string): string {
  return isFormatName(format) ? datasetFormats[format].name : format
}

interface GivenSet {
  path: string
  format: string
  images?: string | undefined
  map?: readonly string[] | undefined
}

/** A set that a page names, with paths that it may reach. */
export function wantedSet({ roots }: OpenProjects, { path, format, images, map }: GivenSet) {
  const options: OpenOptions = {
    format: format === 'auto' ? format : formatNamed(format),
    images: images === undefined ? undefined : roots.require(images),
    map,
  }
  return { path: roots.require(path), options }
}

/** Starts an import and returns the job's id. */
export function startImport(
  open: OpenProject,
  { path, options }: ReturnType<typeof wantedSet>,
): number {
  const args = { path, ...options }
  return open.jobs.start('import', `Import ${basename(path)}`, args, async (work) => {
    await importSet(open.worker.project, path, options, work)
    open.changed('datasets', 'classes')
  })
}

interface SetExport {
  format: FormatName
  /** Absolute; the page may write there. */
  path: string
  pictures: 'copy' | 'none'
}

/**
 * Starts the export of a set and returns the job's id.
 * @throws AppError `bad-value` for a place inside the project's own folder
 */
export function startExport(open: OpenProject, set: ImageSet, wanted: SetExport): number {
  const { path, ...options } = wanted
  if (isBelow(path, open.path))
    throw new AppError(
      'bad-value',
      `${path} lies in the folder that the project keeps its own files in`,
      'Choose another folder.',
    )
  const title = `Export ${set.name} as ${datasetFormats[options.format].name}`
  return open.jobs.start('export', title, { set: set.id, ...wanted }, async (work) => {
    await writeOut(storedSet(open.worker.project, [set]), path, options, work)
  })
}
