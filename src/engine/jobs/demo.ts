/** @file `demo`: the whole main job on a tape that the program draws itself, with truth. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { formatFrameList, parseFrameList } from '../../shared/frame-list.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import type { Evaluation } from '../labels/evaluate.ts'
import { renderSample, type Sample } from '../sample/render-sample.ts'
import { chooseSource } from './choose-source.ts'
import type { ProjectCount } from './count-project.ts'
import { createFromTape } from './create-project.ts'
import { evaluateRun, type RunEvaluation } from './evaluate-run.ts'
import { exporters } from './export-project.ts'
import { inferTape } from './infer-tape.ts'
import { importLabels } from './labels.ts'
import { importRegions } from './regions.ts'
import { trainProject } from './train-project.ts'
import type { TrainWords } from './training-plan.ts'

/** Frames of the sample: 40 seconds, or enough to see every stage work. */
const sampleFrames = { full: 600, quick: 180 }

/** A few labels for fine-tuning, as a user would paint them. */
const labelledFrames = 'even:8'

/** The pretrained network looks at every so many frames: enough to see how well it does. */
const naiveStep = 4

/** Smaller than the picture, which costs less than half and finds people as well. */
const input = { width: 320, height: 320 }

/**
 * The tape's truth says how good the network has become, so that nothing needs to be held out; and
 * fewer steps than the preset's are enough to show it.
 */
const training = {
  full: { input, holdOut: 'none', iterations: 160 },
  quick: { input, holdOut: 'none', iterations: 40 },
} satisfies Record<string, TrainWords>

/** Marks a folder as a demo's, which the next demo may replace. */
const markerName = '.maskbench-demo'

export interface Stage {
  name: string
  seconds: number
}

export interface DemoResult {
  project: string
  report: string
  /** The pretrained network, on every 4th frame. */
  before: Comparison
  /** The fine-tuned one, on every frame. Frames that it learnt from are in neither. */
  after: Comparison
  training: { model: string; iterations: number; seconds: number; labels: number }
  stages: Stage[]
  seconds: number
  count: ProjectCount
}

type Comparison = Pick<Evaluation, 'frames' | 'meanIou' | 'occupancy'>

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

/** Runs the active network over some frames and holds its counts against the truth. */
async function inferAndCompare(
  engine: Engine,
  { masks }: Sample,
  { runOver, compareOn }: { runOver: string; compareOn: string },
  work: LongWork,
): Promise<RunEvaluation> {
  const source = chooseSource(engine.project, undefined)
  await inferTape(engine, source, { frames: runOver, input }, work)
  return evaluateRun(engine.project, source, { masks, frames: compareOn }, {}, work)
}

/** Takes a few of the sample's masks as labels and trains on them. */
async function learn(engine: Engine, { masks }: Sample, words: TrainWords, work: LongWork) {
  const source = chooseSource(engine.project, undefined)
  await importLabels(engine.project, source, { masks, frames: labelledFrames }, work)
  return trainProject(engine, words, {}, work)
}

/** Every `step`th frame but the labelled ones. */
function framesToCompare(frames: number, step: number): string {
  const labelled = new Set(parseFrameList(labelledFrames, frames))
  const list = parseFrameList(`0-${frames - 1}/${step}`, frames)
  return formatFrameList(list.filter((frame) => !labelled.has(frame)))
}

function writeReport(engine: Engine, path: string, count: ProjectCount, evaluation: RunEvaluation) {
  return exporters.html(engine, { count, evaluation, people: 'shown', path }, {})
}

function comparison({ result: { frames, meanIou, occupancy } }: RunEvaluation): Comparison {
  return { frames, meanIou, occupancy }
}

/** The main job on the project of the sample, stage by stage. */
async function mainJob(
  engine: Engine,
  sample: Sample,
  { frames, words }: { frames: number; words: TrainWords },
  { timed }: ReturnType<typeof stopwatch>,
  work: LongWork,
) {
  const some = framesToCompare(frames, naiveStep)
  const most = framesToCompare(frames, 1)
  const before = await timed('count with the pretrained network', () =>
    inferAndCompare(engine, sample, { runOver: some, compareOn: some }, work),
  )
  const trained = await timed('learn from 8 labelled frames', () =>
    learn(engine, sample, words, work),
  )
  const runOver = `0-${frames - 1}`
  const after = await timed('count with the fine-tuned network', () =>
    inferAndCompare(engine, sample, { runOver, compareOn: most }, work),
  )
  return { before, trained, after }
}

/**
 * Draws the sample tape, makes a project of it, counts with the pretrained network, fine-tunes it
 * with a few labels, counts again and compares with the truth, all under `folder`.
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
  const watch = stopwatch(onStage)
  const { stages, timed } = watch
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
  const words = quick ? training.quick : training.full
  const { before, trained, after } = await mainJob(engine, sample, { frames, words }, watch, work)
  const { count } = after
  const report = join(folder, 'report.html')
  await timed('write the report', () => writeReport(engine, report, count, after))
  const { iterations, seconds: trainSeconds } = trained.summary
  return {
    ...{ project, report, stages, count },
    before: comparison(before),
    after: comparison(after),
    training: {
      model: trained.model.description.id,
      iterations,
      seconds: trainSeconds,
      labels: trained.training.plan.labels.length,
    },
    seconds: (performance.now() - started) / 1000,
  }
}
