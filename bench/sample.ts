/**
 * @file The sample tape, where carts, chairs and machines move besides people: 8 evenly spread labels,
 * a preset at its own settings, every third other frame held against the truth, region by region.
 * Arguments: [PRESET] [SEEDS] [WxH].
 */
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openEngine } from '../src/engine/engine.ts'
import { chooseSource } from '../src/engine/jobs/choose-source.ts'
import { createFromTape } from '../src/engine/jobs/create-project.ts'
import { evaluateRun } from '../src/engine/jobs/evaluate-run.ts'
import { inferTape } from '../src/engine/jobs/infer-tape.ts'
import { importLabels } from '../src/engine/jobs/labels.ts'
import { importRegions } from '../src/engine/jobs/regions.ts'
import { trainProject } from '../src/engine/jobs/train-project.ts'
import { renderSample, type Sample } from '../src/engine/sample/render-sample.ts'
import { formatFrameList, parseFrameList } from '../src/shared/frame-list.ts'
import { parseSize } from '../src/shared/recipe-text.ts'
import { type Row, report, scratch } from './common.ts'

const preset = process.argv[2] ?? 'recommended'
const seeds = Number(process.argv[3] ?? 1)
const input = process.argv[4] === undefined ? undefined : parseSize(process.argv[4])
const frames = 600
const labels = 'even:8'
const scoredStep = 3
/** F1 to be reached in every region. */
const target = 0.95

async function template(folder: string): Promise<{ sample: Sample; dir: string }> {
  const sample = await renderSample(join(folder, 'sample'), { frames }, {})
  const dir = join(folder, 'template.maskbench')
  const options = { tapes: [sample.tape], recipe: { recipe: sample.recipe } }
  await using engine = await createFromTape(dir, options, {})
  await importRegions(engine.project, sample.rois)
  const source = chooseSource(engine.project, undefined)
  await importLabels(engine.project, source, { masks: sample.masks, frames: labels }, {})
  return { sample, dir }
}

/** Trains in a copy of the project and scores the frames that are not labelled. */
async function trainOnce(
  { sample, dir }: { sample: Sample; dir: string },
  copy: string,
  seed: number,
): Promise<Row[]> {
  cpSync(dir, copy, { recursive: true })
  await using engine = openEngine(copy, 'write')
  const words = { preset, seed, input, holdOut: 'none', device: 'cpu' }
  const { model, summary } = await trainProject(engine, words, {}, {})
  const source = chooseSource(engine.project, undefined)
  const left = new Set(parseFrameList(labels, frames))
  const every = parseFrameList(`0-${frames - 1}/${scoredStep}`, frames)
  const scored = formatFrameList(every.filter((frame) => !left.has(frame)))
  const choice = { frames: scored, model: model.description.id, device: 'cpu' }
  await inferTape(engine, source, choice, {})
  const truth = { masks: sample.masks, frames: scored }
  const { result } = await evaluateRun(engine.project, source, truth, {}, {})
  const { rois, f1: overall } = result.occupancy
  const total = (outcome: 'tp' | 'fp' | 'fn') => rois.reduce((sum, roi) => sum + roi[outcome], 0)
  const all = { name: 'all', f1: overall, tp: total('tp'), fp: total('fp'), fn: total('fn') }
  return [...rois, all].map(({ name, f1, tp, fp, fn }) => ({
    seed,
    region: name,
    F1: f1 ?? Number.NaN,
    target,
    occupied: tp + fn,
    missed: fn,
    spurious: fp,
    'person IoU': result.classes.find((each) => each.name === 'person')?.iou ?? Number.NaN,
    seconds: summary.seconds,
  }))
}

const folder = scratch('sample')
try {
  const made = await template(folder)
  const rows: Row[] = []
  for (let seed = 0; seed < seeds; seed++)
    rows.push(...(await trainOnce(made, join(folder, `${seed}.maskbench`), seed)))
  await report('sample', `The sample tape, ${preset}, 8 painted frames`, rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
