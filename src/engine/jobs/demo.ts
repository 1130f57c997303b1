/** @file `demo`: the whole main job on a tape that the program draws itself, with truth. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Evaluation } from '../dataset/evaluate.ts'
import { listSources } from '../db/sources.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import { renderSample, type Sample } from '../sample/render-sample.ts'
import { chooseRun } from './choose-run.ts'
import { countProject, type ProjectCount } from './count-project.ts'
import { createFromTape } from './create-project.ts'
import { evaluateRun, type RunEvaluation } from './evaluate-run.ts'
import { exporters } from './export-project.ts'
import { inferTape } from './infer-tape.ts'
import { importLabels } from './labels.ts'
import { importRegions } from './regions.ts'

/** Frames of the sample: 40 seconds, or enough to see every stage work. */
const sampleFrames = { full: 600, quick: 180 }

/** A few labels for fine-tuning, as a user would paint them. */
const labelledFrames = 'even:8'

/** Marks a folder as a demo's, which the next demo may replace. */
const markerName = '.maskbench-demo'

export interface Stage {
  name: string
  seconds: number
}

export interface DemoResult {
  project: string
  report: string
  before: { meanIou: number | null; occupancy: Evaluation['occupancy'] }
  /** What fine-tuning makes of it; null as long as the program does not train. */
  after: null
  stages: Stage[]
  seconds: number
  count: ProjectCount
}

/** Empties a former demo's folder; any other folder with files in it is refused. */
async function prepareFolder(folder: string): Promise<void> {
  const files = existsSync(folder) ? await readdir(folder) : []
  if (files.length > 0 && !files.includes(markerName))
    throw new AppError(
      'file-exists',
      `the folder ${folder} is not empty and not a former demo's`,
      'Name another folder with --out.',
    )
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await writeFile(
    join(folder, markerName),
    'Made by `maskbench demo`, which replaces this folder.\n',
  )
}

/** Runs stages one after the other and times them. */
function stopwatch(onStage: (stage: Stage) => void) {
  const stages: Stage[] = []
  const timed = async <Result>(name: string, work: () => Promise<Result>): Promise<Result> => {
    const started = performance.now()
    const result = await work()
    const stage = { name, seconds: (performance.now() - started) / 1000 }
    stages.push(stage)
    onStage(stage)
    return result
  }
  return { stages, timed }
}

/** Counts with the pretrained network, against the truth. */
async function countAndCompare(engine: Engine, sample: Sample, work: LongWork) {
  const { project } = engine
  const [source] = listSources(project)
  if (!source) throw new AppError('no-such-tape', 'the sample tape was not opened')
  await importLabels(project, source, { masks: sample.masks, frames: labelledFrames }, work)
  const compared = await evaluateRun(project, source, { masks: sample.masks }, {}, work)
  return { compared, count: countProject(project, chooseRun(project, {})) }
}

async function infer(engine: Engine, work: LongWork): Promise<void> {
  for (const source of listSources(engine.project)) await inferTape(engine, source, {}, work)
}

function writeReport(engine: Engine, path: string, count: ProjectCount, evaluation: RunEvaluation) {
  return exporters.html(engine, { count, evaluation, people: 'shown', path }, {})
}

/**
 * Draws the sample tape, makes a project of it, counts with the pretrained network and compares
 * with the truth, all under `folder`.
 * @throws AppError `file-exists`, `cancelled`, and what its stages can throw
 */
export async function demo(
  folder: string,
  { quick, onStage }: { quick: boolean; onStage: (stage: Stage) => void },
  work: LongWork,
  engineOptions?: EngineOptions,
): Promise<DemoResult> {
  const started = performance.now()
  await prepareFolder(folder)
  const { stages, timed } = stopwatch(onStage)
  const frames = quick ? sampleFrames.quick : sampleFrames.full
  const sample = await timed('draw the sample tape', () =>
    renderSample(join(folder, 'sample'), { frames }, work),
  )
  const project = join(folder, 'sample.maskbench')
  const options = { tapes: [sample.tape], recipe: { recipe: sample.recipe } }
  await using engine = await timed('open the tape', () =>
    createFromTape(project, options, work, engineOptions),
  )
  await importRegions(engine.project, sample.rois)
  await timed('run the network', () => infer(engine, work))
  const { compared, count } = await timed('count and compare with the truth', () =>
    countAndCompare(engine, sample, work),
  )
  const report = join(folder, 'report.html')
  await timed('write the report', () => writeReport(engine, report, count, compared))
  const { meanIou, occupancy } = compared.result
  const before = { meanIou, occupancy }
  const seconds = (performance.now() - started) / 1000
  return { project, report, before, after: null, stages, seconds, count }
}
