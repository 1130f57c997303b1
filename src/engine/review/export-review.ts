/** @file Writes what came of a review to a file, as a job. */
import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { getRun } from '../db/runs.ts'
import { countProject, projectRule } from '../jobs/count-project.ts'
import { type ExportFormat, exporters } from '../jobs/export-project.ts'
import { recipeOfRun } from '../jobs/project-recipe.ts'
import type { PeopleInPictures } from '../report/types.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import { isBelow } from '../workbench/roots.ts'
import { regionSums } from './region-sums.ts'

/** What a page calls a format: what writes it, and what the job is called. */
const formats = {
  csv: { exporter: 'csv', title: 'Export counts' },
  json: { exporter: 'json', title: 'Export counts' },
  events: { exporter: 'csv-events', title: 'Export events' },
  flagged: { exporter: 'csv-flagged', title: 'Export flagged frames' },
  html: { exporter: 'html', title: 'Export the report' },
} as const satisfies Record<string, { exporter: ExportFormat; title: string }>

const people = {
  show: 'shown',
  blur: 'blurred',
  none: 'left-out',
} as const satisfies Record<string, PeopleInPictures>

export interface ReviewExport {
  format: keyof typeof formats
  /** Absolute; the page may write there. */
  path: string
  people?: keyof typeof people | undefined
}

/**
 * Starts the export of a run and returns the job's id.
 * @throws AppError `no-such-run`; `bad-value` for a file inside the project's own folder
 */
export function startExport(open: OpenProject, id: number, wanted: ReviewExport): number {
  const { format, path } = wanted
  getRun(open.engine.project, id)
  if (isBelow(path, open.path))
    throw new AppError(
      'bad-value',
      `${path} lies in the folder that the project keeps its own files in`,
      'Choose another folder.',
    )
  const { exporter, title } = formats[format]
  const args = { run: id, ...wanted }
  return open.jobs.start('export', `${title} to ${basename(path)}`, args, async (work) => {
    const { worker } = open
    const { project } = worker
    const run = getRun(project, id)
    const { cut } = projectRule(project, recipeOfRun(project, run).recipe.size)
    // Afterwards nothing is left to score, which would take its time in one piece.
    await regionSums(project, run, { cut, keep: true }, work)
    const count = countProject(project, getRun(project, id))
    const request = { count, evaluation: null, people: people[wanted.people ?? 'show'], path }
    await exporters[exporter](worker, request, work)
  })
}
