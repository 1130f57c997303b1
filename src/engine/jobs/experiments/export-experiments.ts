/** @file Writes experiments as files of other programs. */
import { join } from 'node:path'
import type {
  ExperimentExportFormat,
  ExperimentWithCurves,
} from '../../../shared/contract/experiments.ts'
import { AppError } from '../../../shared/errors.ts'
import type { Project } from '../../db/project.ts'
import { replaceFile } from '../../projects/replace-file.ts'
import { experimentEvents } from './experiment-events.ts'
import { experimentPage } from './experiment-page.ts'
import { experimentWithCurves } from './experiment-states.ts'
import { experimentTable } from './experiment-table.ts'
import { epochsCsv, tableCsv, tableMarkdown } from './experiment-texts.ts'

interface ExportedFile {
  path: string
  content: string | Uint8Array
}

type Write = (experiments: readonly ExperimentWithCurves[], path: string) => ExportedFile[]

/** Where the epochs go beside a table: `runs.csv` → `runs-epochs.csv`. */
const epochsPath = (path: string): string => `${path.replace(/\.csv$/i, '')}-epochs.csv`

const writers: Readonly<Record<ExperimentExportFormat, Write>> = {
  csv: (experiments, path) => [
    { path, content: tableCsv(experimentTable(experiments)) },
    { path: epochsPath(path), content: epochsCsv(experiments) },
  ],
  markdown: (experiments, path) => [{ path, content: tableMarkdown(experimentTable(experiments)) }],
  html: (experiments, path) => [{ path, content: experimentPage(experiments) }],
  tensorboard: (experiments, folder) =>
    experimentEvents(experiments).map(({ path, bytes }) => {
      return { path: join(folder, path), content: bytes }
    }),
}

/**
 * Writes experiments in a format: a table as CSV (and every epoch in a file beside it), as Markdown or
 * as a page, or a folder of event files. Returns the paths.
 * @throws AppError `no-such-experiment`, `bad-value` without any, `read-only`, `disk-full`
 */
export async function exportExperiments(
  project: Project,
  ids: readonly number[],
  format: ExperimentExportFormat,
  path: string,
): Promise<string[]> {
  if (ids.length === 0)
    throw new AppError('bad-value', 'no experiment was named', 'Name one, or run one first.')
  const files = writers[format](
    ids.map((id) => experimentWithCurves(project, id)),
    path,
  )
  for (const file of files) await replaceFile(file.path, file.content)
  return files.map((file) => file.path)
}
