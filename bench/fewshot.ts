/**
 * @file What a few painted frames teach: 8 evenly spread labels, a preset, every fourth other frame
 * scored. Arguments: [SCENE,…|all] [PRESET,…|all] [SEEDS] [HOLD-OUT].
 */
import { trainProject } from '../src/engine/jobs/train-project.ts'
import { type Row, report } from './common.ts'
import { type OpenScene, sceneNames, scoreModel, withScene } from './fewshot-scenes.ts'

/** IoU and F1 to be reached, in the order of the scenes. */
const targets: Readonly<Record<string, readonly (readonly [number, number])[]>> = {
  'quick-head': [
    [0.8, 0.92],
    [0.7, 0.95],
    [0.65, 0.89],
    [0.8, 0.935],
  ],
  'all-layers': [
    [0.92, 0.97],
    [0.895, 0.96],
    [0.92, 0.955],
    [0.925, 0.97],
  ],
  recommended: [
    [0.945, 0.983],
    [0.915, 0.98],
    [0.92, 0.98],
    [0.94, 0.981],
  ],
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

const listed = (text: string | undefined, all: readonly string[]): readonly string[] =>
  text === undefined || text === 'all' ? all : text.split(',')

const chosenScenes = listed(process.argv[2], sceneNames)
const presets = listed(process.argv[3], Object.keys(targets))
const seeds = Number(process.argv[4] ?? 3)
const holdOut = process.argv[5] ?? 'none'

/** Trains with one seed and scores what comes of it. */
async function trainOnce(scene: OpenScene, preset: string, seed: number) {
  const words = { preset, seed, holdOut, input: scene.input, device: 'cpu' }
  const { model, summary } = await trainProject(scene.engine, words, {}, {})
  const { iou, f1 } = await scoreModel(scene, model.description.id)
  const { seconds, secondsPerStep, memoryBytes, loss } = summary
  const text = `${scene.name} ${preset} seed ${seed}: IoU ${iou.toFixed(4)} F1 ${f1.toFixed(4)}`
  console.log(
    `${text}, ${seconds.toFixed(1)} s, loss ${loss.first.toFixed(3)} to ${loss.last.toFixed(3)}`,
  )
  return { iou, f1, seconds, secondsPerStep, memory: memoryBytes / 2 ** 20 }
}

async function rowOf(scene: OpenScene, preset: string): Promise<Row> {
  const runs: Awaited<ReturnType<typeof trainOnce>>[] = []
  for (let seed = 0; seed < seeds; seed++) runs.push(await trainOnce(scene, preset, seed))
  const average = (of: (run: (typeof runs)[number]) => number) => mean(runs.map(of))
  const target = targets[preset]?.[sceneNames.indexOf(scene.name)]
  return {
    scene: scene.name,
    preset,
    'person IoU': average(({ iou }) => iou),
    'IoU target': target?.[0] ?? 'none',
    F1: average(({ f1 }) => f1),
    'F1 target': target?.[1] ?? 'none',
    'least IoU': Math.min(...runs.map(({ iou }) => iou)),
    'least F1': Math.min(...runs.map(({ f1 }) => f1)),
    seconds: average(({ seconds }) => seconds),
    'ms a step': 1000 * average(({ secondsPerStep }) => secondsPerStep),
    MiB: average(({ memory }) => memory),
  }
}

const rows: Row[] = []
for (const name of chosenScenes)
  await withScene(name, 8, async (scene) => {
    for (const preset of presets) rows.push(await rowOf(scene, preset))
  })
await report('fewshot', `8 painted frames, mean of ${seeds} seeds, hold-out ${holdOut}`, rows)
