/** @file `export`: a count as tables, a document, masks or a report. */

import { personIndexOf } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import { readMaps } from '../db/map-reader.ts'
import { getSource } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { countsCsv, eventsCsv, framesCsv, periodsCsv } from '../formats/count-csv.ts'
import { countDocument } from '../formats/count-json.ts'
import { flaggedCsv } from '../formats/flagged-csv.ts'
import { writeMasks } from '../formats/mask-folder.ts'
import { personMask } from '../infer/person-mask.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { renderReport } from '../report/render.ts'
import type { PeopleInPictures } from '../report/types.ts'
import { flaggedFrames } from '../review/flagged-frames.ts'
import { countedRun, countPeriods, type ProjectCount } from './count-project.ts'
import type { RunEvaluation } from './evaluate-run.ts'
import { requireRecipe } from './project-recipe.ts'
import { gatherReport } from './report-data.ts'

export interface ExportRequest {
  count: ProjectCount
  /** Truth that the report compares with. */
  evaluation: RunEvaluation | null
  /** What the report's pictures do with people. */
  people: PeopleInPictures
  /** File, or folder for masks, to write. */
  path: string
}

type Exporter = (engine: Engine, request: ExportRequest, work: LongWork) => Promise<void>

/** The person masks of a run: 1 where a person is at least as likely as not. */
async function* runMasks({ project }: Engine, { run, frames }: ProjectCount) {
  const { size } = requireRecipe(project).recipe
  const person = personIndexOf(listClasses(project))
  let position = 0
  for (const map of readMaps(project, run.id))
    yield { frame: frames[position++] ?? 0, mask: { ...size, data: personMask(map, size, person) } }
}

const writeText =
  (textOf: (engine: Engine, count: ProjectCount) => string): Exporter =>
  (engine, { count, path }) =>
    replaceFile(path, textOf(engine, count))

/** Everything that can be exported, by the name of its format. */
export const exporters = {
  csv: writeText(({ project }, count) => countsCsv(countedRun(project, count))),
  'csv-frames': writeText(({ project }, count) => framesCsv(countedRun(project, count))),
  'csv-events': writeText(({ project }, count) => eventsCsv(countedRun(project, count))),
  'csv-hours': writeText(({ project }, count) => periodsCsv(countPeriods(project, count, 'hour'))),
  'csv-shifts': writeText(({ project }, count) =>
    periodsCsv(countPeriods(project, count, 'shift')),
  ),
  'csv-flagged': writeText(({ project }, count) =>
    flaggedCsv(flaggedFrames(project, count), getSource(project, count.run.source).startTime),
  ),
  json: writeText(({ project }, count) => {
    const { run } = count
    const document = {
      run: run.id,
      model: run.modelId,
      ...countDocument(countedRun(project, count)),
    }
    return `${JSON.stringify(document, null, 2)}\n`
  }),
  async html(engine, { count, evaluation, people, path }, work) {
    const data = await gatherReport(engine, count, { people, evaluation }, work)
    await replaceFile(path, renderReport(data))
  },
  async masks(engine, { count, path }, work) {
    const { project } = engine
    const { geometryHash } = requireRecipe(project)
    const total = count.frames.length
    const target = { folder: path, classes: listClasses(project), geometryHash, total }
    await writeMasks(runMasks(engine, count), target, work)
  },
} as const satisfies Record<string, Exporter>

export type ExportFormat = keyof typeof exporters
