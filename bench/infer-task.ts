/** @file The work that the benchmarks of inference have in common. */
import { join } from 'node:path'
import type { InferTask } from '../src/engine/infer/types.ts'
import type { TapeIndex } from '../src/engine/media/types.ts'
import { builtInModel } from '../src/engine/models/built-in.ts'
import { filterChain } from '../src/engine/preprocess/filter-chain.ts'
import { userDataFolder } from '../src/engine/projects/data-folder.ts'
import { recipeSchema } from '../src/shared/recipe.ts'
import { type Point, regionSchema } from '../src/shared/region.ts'
import { countSpans } from '../src/shared/region-raster.ts'
import { sharedFile } from './common.ts'

/** 1024x1024, 740 frames. */
export const fisheyeTape = sharedFile('data', 'fisheye_humanbody2', 'video.mp4')

/** Straight ahead out of a lens of 180 degrees that fills the picture. */
export const recipe = recipeSchema.parse({
  lens: { cx: 512, cy: 512, radius: 512, fov: 180 },
  view: { yaw: 0, pitch: 0, roll: 0, hfov: 110, vfov: 110 },
  size: { width: 500, height: 500 },
})

/** Six work places; together a third of the picture. */
const workPlaces: readonly (readonly Point[])[] = [
  [
    [20, 40],
    [160, 25],
    [175, 130],
    [30, 140],
  ],
  [
    [200, 45],
    [320, 45],
    [325, 150],
    [195, 150],
  ],
  [
    [350, 25],
    [475, 40],
    [465, 145],
    [345, 135],
  ],
  [
    [25, 310],
    [175, 300],
    [185, 415],
    [35, 425],
  ],
  [
    [220, 300],
    [300, 300],
    [305, 450],
    [215, 450],
  ],
  [
    [345, 290],
    [480, 280],
    [470, 395],
    [340, 390],
  ],
]

function workPlace(points: readonly Point[], index: number) {
  return regionSchema.parse({ name: `place ${index + 1}`, points })
}

/** The built-in network at 320x320 over every frame of a tape. */
export async function inferTask(index: TapeIndex, threads: number): Promise<InferTask> {
  const model = await builtInModel(join(userDataFolder(), 'models'))
  return {
    index,
    frames: Array.from({ length: index.frames }, (_, frame) => frame),
    firstPosition: 0,
    filters: filterChain(recipe, index.info),
    size: recipe.size,
    modelFolder: model.folder,
    input: { width: 320, height: 320 },
    device: 'cpu',
    threads,
    regions: countSpans(workPlaces.map(workPlace), recipe.size),
  }
}
