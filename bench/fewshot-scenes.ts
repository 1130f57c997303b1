/** @file Scenes with truth on which learning from a few painted frames is measured, and how. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Source } from '../src/engine/db/sources.ts'
import type { Engine } from '../src/engine/engine.ts'
import { chooseSource } from '../src/engine/jobs/choose-source.ts'
import { createFromTape } from '../src/engine/jobs/create-project.ts'
import { evaluateRun } from '../src/engine/jobs/evaluate-run.ts'
import { inferTape } from '../src/engine/jobs/infer-tape.ts'
import { importLabels } from '../src/engine/jobs/labels.ts'
import type { RecipeWords } from '../src/engine/jobs/recipe-choice.ts'
import { setGrid } from '../src/engine/jobs/regions.ts'
import { formatFrameList, parseFrameList } from '../src/shared/frame-list.ts'
import type { Size } from '../src/shared/recipe.ts'
import { scratch, sharedFile } from './common.ts'

export interface Scene {
  recipe: RecipeWords
  /** Size of the network's input; by default the recipe's. */
  input?: Size
  /** Frames whose truth is not to be trusted. */
  unscored: readonly number[]
}

export const scenes: Readonly<Record<string, Scene>> = {
  humanbody2: { recipe: {}, unscored: [] },
  hallandmonitor: { recipe: {}, unscored: [0] },
  candela: { recipe: {}, unscored: [] },
  fisheye_humanbody2: {
    recipe: { lens: '512,512,512,180', view: '0,0,0,110,110', size: '500x500' },
    input: { width: 320, height: 320 },
    unscored: [],
  },
}

export const sceneNames: readonly string[] = Object.keys(scenes)

/** Every how manieth frame is scored. */
const scoredStep = 4
/** Cells of the grid along each side. */
const cells = 4
const rule = { threshold: 50, cut: 0.5 }
const truthPixels = 50

/** A scene's project with labels and a grid. */
export interface OpenScene extends Scene {
  name: string
  engine: Engine
  source: Source
  /** Frames that are scored: every fourth one that is not labelled. */
  scored: string
}

/** Opens a new project with the scene's tape and `labels` evenly spread painted frames. */
export async function withScene<Result>(
  name: string,
  labels: number,
  use: (scene: OpenScene) => Promise<Result>,
): Promise<Result> {
  const scene = scenes[name]
  if (!scene) throw new Error(`no scene '${name}', expected ${sceneNames.join(', ')}`)
  const folder = sharedFile('data', name)
  const dir = scratch(`${name}.maskbench`)
  rmSync(dir, { recursive: true, force: true })
  const tapes = [join(folder, 'video.mp4')]
  try {
    await using engine = await createFromTape(dir, { tapes, recipe: scene.recipe }, {})
    const { project } = engine
    setGrid(project, cells, cells)
    const source = chooseSource(project, undefined)
    const frames = `even:${labels}`
    const words = { masks: join(folder, 'masks'), map: ['170=background'], frames }
    await importLabels(project, source, words, {})
    const left = new Set([...scene.unscored, ...parseFrameList(frames, source.frames)])
    const every = parseFrameList(`0-${source.frames - 1}/${scoredStep}`, source.frames)
    const scored = formatFrameList(every.filter((frame) => !left.has(frame)))
    return await use({ ...scene, name, engine, source, scored })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Person IoU and F1 of occupied cells of a network on the frames that are scored. */
export async function scoreModel(
  { engine, source, scored, input, name }: OpenScene,
  model: string,
) {
  await inferTape(engine, source, { frames: scored, input, model, device: 'cpu' }, {})
  const masks = join(sharedFile('data', name), 'masks')
  const words = { masks, map: ['170=ignore'], frames: scored, truthPixels }
  const { result } = await evaluateRun(engine.project, source, words, rule, {})
  return {
    iou: result.classes.find((each) => each.name === 'person')?.iou ?? Number.NaN,
    f1: result.occupancy.f1 ?? Number.NaN,
  }
}
