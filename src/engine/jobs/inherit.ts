/** @file Takes over from a project what was learnt about its camera. */
import { existsSync } from 'node:fs'
import { AppError } from '../../shared/errors.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { listClasses, setClasses } from '../db/classes.ts'
import { write } from '../db/handle.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe, backUpRecipe, putRecipe, recipeByHash } from '../db/recipes.ts'
import { addRegions, deleteRegion, listRegions } from '../db/regions.ts'
import { loadSettings, saveSettings } from '../db/settings.ts'
import { listSources } from '../db/sources.ts'
import { copyModel } from '../models/copy-model.ts'
import { projectModelFolder } from '../models/model-store.ts'

async function copyActiveModel(from: Project, to: Project): Promise<void> {
  const { activeModel } = loadSettings(from)
  if (activeModel === null || existsSync(projectModelFolder(to.dir, activeModel))) return
  await copyModel(from.dir, to.dir, activeModel)
}

/** Everything but the recipe in use: classes, thresholds, network, and regions as they were drawn. */
function copyLearnt(from: Project, to: Project): void {
  setClasses(to, listClasses(from))
  saveSettings(to, { ...loadSettings(from), likeProject: from.dir, settledCameras: [] })
  for (const { id } of listRegions(to)) deleteRegion(to, id)
  for (const region of listRegions(from)) {
    const drawnIn = recipeByHash(from, region.geometryHash)
    if (drawnIn) putRecipe(to, drawnIn.recipe)
    addRegions(to, [region], region.geometryHash)
  }
}

/** What a new project takes from another one of the same camera; its recipe is set after it. */
export async function inherit(from: Project, to: Project): Promise<void> {
  await copyActiveModel(from, to)
  write(to, () => copyLearnt(from, to))
}

/** Whether a recipe goes with the tapes that a project has. Throws `bad-recipe` where it does not. */
function checkFits(from: Project, to: Project): void {
  const [tape] = listSources(to)
  const recipe = activeRecipe(from)?.recipe
  if (tape && recipe) checkRecipe(recipe, { width: tape.info.width, height: tape.info.height })
}

/**
 * Takes recipe, regions, classes, network and counting rule over from another project, in place of
 * those that `to` has, after a backup. Labels and tapes stay.
 * @throws AppError `no-recipe`, `bad-recipe` for tapes of another size, `no-such-model`, `bad-value`
 * for classes that cannot be joined; then nothing but a network may have been copied
 */
export async function makeLike(from: Project, to: Project): Promise<void> {
  const inUse = activeRecipe(from)?.recipe
  if (!inUse)
    throw new AppError(
      'no-recipe',
      'the other project has no recipe yet, so there is nothing to take over',
      'Choose one that was set up.',
    )
  checkFits(from, to)
  await copyActiveModel(from, to)
  backUpRecipe(to)
  write(to, () => {
    copyLearnt(from, to)
    putRecipe(to, inUse)
  })
}
