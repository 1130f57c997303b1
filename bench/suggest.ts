/**
 * @file Whether it pays to paint the frames that `labels suggest` proposes: person IoU and F1 after
 * training on 8 of them, against 8 drawn at random (another draw for each seed) and 8 evenly spread
 * ones, on humanbody2. Arguments: [PRESET] [SEEDS] [EVERY]: every how manieth frame is scored.
 */
import { join } from 'node:path'
import { deleteMask, listLabels } from '../src/engine/db/masks.ts'
import { importLabels } from '../src/engine/jobs/labels.ts'
import { suggestFrames } from '../src/engine/jobs/suggest-frames.ts'
import { trainProject } from '../src/engine/jobs/train-project.ts'
import { drawsFor } from '../src/engine/train/samples/draws.ts'
import { formatFrameList, parseFrameList } from '../src/shared/frame-list.ts'
import { type Row, report, sharedFile } from './common.ts'
import { type OpenScene, scoreModel, withScene } from './fewshot-scenes.ts'

const preset = process.argv[2] ?? 'quick-head'
const seeds = Number(process.argv[3] ?? 5)
const every = Number(process.argv[4] ?? 8)
const count = 8
const sceneName = 'humanbody2'

const ascending = (frames: readonly number[]): string =>
  formatFrameList(frames.toSorted((a, b) => a - b))

/** Ways to choose frames; those that do not depend on the seed choose once. */
const choices: Readonly<Record<string, (scene: OpenScene, seed: number) => Promise<string>>> = {
  suggested: async ({ engine, source }) => {
    clearLabels(engine.project)
    const found = await suggestFrames(engine, [source], count, {})
    return ascending(found.map(({ frame }) => frame))
  },
  random: async ({ source }, seed) =>
    ascending([...drawsFor(seed, 'order', 0).permutation(source.frames)].slice(0, count)),
  even: async ({ source }) => ascending(parseFrameList(`even:${count}`, source.frames)),
}

function clearLabels(project: OpenScene['engine']['project']): void {
  for (const label of listLabels(project)) deleteMask(project, label)
}

/** Trains on these frames and scores the network on others. */
async function trainOn(scene: OpenScene, frames: string, seed: number) {
  const { engine, source } = scene
  clearLabels(engine.project)
  const masks = join(sharedFile('data', sceneName), 'masks')
  await importLabels(engine.project, source, { masks, map: ['170=background'], frames }, {})
  const words = { preset, seed, holdOut: 'none', device: 'cpu' }
  const { model } = await trainProject(engine, words, {}, {})
  const labelled = new Set(parseFrameList(frames, source.frames))
  const all = parseFrameList(`0-${source.frames - 1}/${every}`, source.frames)
  const scored = formatFrameList(all.filter((frame) => !labelled.has(frame)))
  return scoreModel({ ...scene, scored }, model.description.id)
}

/** The last layer is trained on the frames as they are: without a draw, seeds differ in nothing. */
const runsOf = (name: string): number => (name === 'random' || preset !== 'quick-head' ? seeds : 1)

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

await withScene(sceneName, count, async (scene) => {
  const rows: Row[] = []
  for (const [name, choose] of Object.entries(choices)) {
    const ious: number[] = []
    const f1s: number[] = []
    for (let seed = 0; seed < runsOf(name); seed++) {
      const frames = await choose(scene, seed)
      const { iou, f1 } = await trainOn(scene, frames, seed)
      console.log(`${name} seed ${seed}: ${frames}: IoU ${iou.toFixed(4)} F1 ${f1.toFixed(4)}`)
      ious.push(iou)
      f1s.push(f1)
    }
    const least = { 'least IoU': Math.min(...ious), 'least F1': Math.min(...f1s) }
    rows.push({ frames: name, 'person IoU': mean(ious), F1: mean(f1s), ...least })
  }
  await report('suggest', `${count} frames to paint, ${preset}, mean of ${seeds} seeds`, rows)
})
