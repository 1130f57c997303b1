/** @file The sample project: a tape that the program draws itself, with recipe and regions. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LongWork } from '../../shared/progress.ts'
import { recipeSchema } from '../../shared/recipe.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { setRecipe } from '../db/recipes.ts'
import type { Engine } from '../engine.ts'
import { readJson } from '../formats/json.ts'
import type { SampleOptions } from '../sample/render-sample.ts'
import { importRegions } from './regions.ts'
import { addTape } from './tapes.ts'

/**
 * Draws the sample into the project's folder and adds it; what an attempt before has left there goes.
 * Throws as its steps do.
 */
export async function fillSample(
  engine: Engine,
  options: SampleOptions,
  work: LongWork,
): Promise<void> {
  const { project, compute } = engine
  const folder = join(project.dir, 'sample')
  await rm(folder, { recursive: true, force: true })
  const sample = await compute.run('drawSample', { ...options, folder }, work)
  const { info } = await addTape(engine, sample.tape, undefined, work)
  const recipe = await readJson(sample.recipe, recipeSchema)
  setRecipe(project, checkRecipe(recipe, { width: info.width, height: info.height }))
  await importRegions(project, sample.rois)
}
