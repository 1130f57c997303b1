/** @file Follows a camera that has moved: the picture shows again what it showed before. */
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { write } from '../db/handle.ts'
import type { Project } from '../db/project.ts'
import { backUpRecipe, putRecipe } from '../db/recipes.ts'
import { replaceRegions } from '../db/replace-regions.ts'
import { loadSettings, saveSettings } from '../db/settings.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { descriptionFile } from '../models/model-folder.ts'
import { ownModels, projectModelFolder } from '../models/model-store.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { checkCamera } from './compare-camera.ts'
import { regionsInRecipe, requireRecipe } from './project-recipe.ts'

/** Says that the user has decided about a tape whose camera has moved. */
export function settleCamera(project: Project, { sha256 }: Source): void {
  const { settledCameras } = loadSettings(project)
  saveSettings(project, { settledCameras: [...new Set([...settledCameras, sha256])] })
}

/** Networks that were trained on the picture as it was: it is the same again. */
async function takeNetworksAlong(project: Project, from: string, to: string): Promise<void> {
  for (const description of await ownModels(project.dir)) {
    if (description.geometryHash !== from) continue
    const file = join(projectModelFolder(project.dir, description.id), descriptionFile)
    const text = JSON.stringify({ ...description, geometryHash: to }, null, 2)
    await replaceFile(file, `${text}\n`)
  }
}

/**
 * Sets the corrected recipe. Regions keep their place in the picture: they are taken for drawn in it.
 * @throws AppError `camera-fixed` where there is nothing to correct or the project has work in it
 * that would no longer fit, `bad-recipe` for a lens that has left the tape
 */
export async function correctCamera(engine: Engine, source: Source, work: LongWork): Promise<void> {
  const { project } = engine
  const check = await checkCamera(engine, source, work)
  if (!check?.proposal || check.obstacle !== null)
    throw new AppError(
      'camera-fixed',
      'the recipe cannot follow the camera here',
      check?.obstacle ?? 'The camera has not moved, or not so that it can be told.',
    )
  const before = requireRecipe(project).geometryHash
  const { width, height } = source.info
  const proposal = checkRecipe(check.proposal, { width, height })
  const regions = regionsInRecipe(project).map((region) => ({ ...region, isMoved: true }))
  backUpRecipe(project)
  const after = write(project, () => {
    const { geometryHash } = putRecipe(project, proposal)
    replaceRegions(project, regions, geometryHash)
    settleCamera(project, source)
    return geometryHash
  })
  await takeNetworksAlong(project, before, after)
}
