/** @file Another recipe for a project that has work in it: what that does, and doing it. */
import type { RecipeEffect } from '../../shared/contract/tapes.ts'
import { AppError } from '../../shared/errors.ts'
import { mapPolygon } from '../../shared/geometry-polygon.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Recipe } from '../../shared/recipe.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { recipeFor } from '../../shared/recipe-defaults.ts'
import { rasterise } from '../../shared/region-raster.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { listLabels } from '../db/masks.ts'
import { foldAllStrokes } from '../db/painted-masks.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe, recipeByHash, type StoredRecipe, setRecipe } from '../db/recipes.ts'
import { listRegions, type StoredRegion } from '../db/regions.ts'
import { listRuns } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { listSources, type Source } from '../db/sources.ts'
import { framesWithStrokes } from '../db/strokes.ts'
import type { Engine } from '../engine.ts'
import { ownModels } from '../models/model-store.ts'
import { geometryHash } from '../preprocess/geometry-hash.ts'
import { requireTape } from './tapes.ts'

/** A recipe for the project's tapes, complete. Throws `bad-recipe`, `no-such-tape` without a tape. */
function recipeForTapes(project: Project, recipe: Recipe): Recipe {
  const [tape] = listSources(project)
  if (tape) return checkRecipe(recipe, { width: tape.info.width, height: tape.info.height })
  throw new AppError('no-such-tape', 'the project has no tape yet', 'Add the tape first.')
}

/** `1 region`, `3 regions`. */
const some = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** Frames with a mask that is not in the pixels of the recipe with this hash. */
function mappedMasks(project: Project, hash: string): number {
  // Strokes are of the recipe in use: older ones are part of a mask already.
  const isInUse = activeRecipe(project)?.geometryHash === hash
  const strokes = isInUse ? [] : framesWithStrokes(project)
  const painted = new Set(strokes.map(({ source, frame }) => `${source} ${frame}`))
  const labels = listLabels(project).filter(
    ({ source, frame, geometryHash }) =>
      geometryHash !== hash && !painted.has(`${source} ${frame}`),
  )
  return labels.length + strokes.length
}

function isOutside(project: Project, region: StoredRegion, recipe: Recipe): boolean {
  const drawnIn = recipeByHash(project, region.geometryHash)
  if (!drawnIn) return false
  return rasterise(mapPolygon(region.points, drawnIn.recipe, recipe), recipe.size).area === 0
}

/** What setting a recipe would do to what is there. Throws as setting it does. */
export async function recipeEffect(project: Project, given: Recipe): Promise<RecipeEffect> {
  const recipe = recipeForTapes(project, given)
  const hash = geometryHash(recipe)
  const others = <Item extends { geometryHash: string | null }>(items: readonly Item[]) =>
    items.filter((item) => item.geometryHash !== null && item.geometryHash !== hash)
  const regions = others(listRegions(project))
  const runs = others(listRuns(project)).length
  const models = others(await ownModels(project.dir))
  const masks = mappedMasks(project, hash)
  const outside = regions.filter((region) => isOutside(project, region, recipe))
  const { activeModel } = loadSettings(project)
  const active = models.find(({ id }) => id === activeModel)
  const warnings = [
    masks > 0 &&
      `${some(masks, 'painted frame')} will be moved to the new picture, from what was first painted. Look at the edges there.`,
    ...outside.map(({ name }) => `The region “${name}” lies outside the new picture.`),
    runs > 0 &&
      `The counts of ${some(runs, 'run')} are of the picture as it was. Run the network again for new ones.`,
    active &&
      `The network “${active.name}” was trained on the picture as it was. Train again, or choose another one.`,
  ]
  return {
    ...{ masks, regions: regions.length, runs, models: models.length },
    warnings: warnings.filter((warning) => typeof warning === 'string'),
  }
}

/**
 * Sets the recipe of the project, after a backup where it had another one.
 * @throws AppError `bad-recipe`, `no-such-tape` without a tape
 */
export function changeRecipe(project: Project, given: Recipe): StoredRecipe {
  const recipe = recipeForTapes(project, given)
  // What is being painted is of the picture that is shown now.
  foldAllStrokes(project)
  return setRecipe(project, recipe)
}

/**
 * The image circle that a tape's pictures show, with a view in it, as a recipe to start from.
 * @throws AppError `no-lens-found`, `tape-missing`
 */
export async function guessRecipe(
  { project, compute }: Engine,
  source: Source,
  work: LongWork,
): Promise<Recipe> {
  requireTape(source)
  const index = loadFrameIndex(project, source)
  const { lens, view } = await compute.run('findLens', { index }, work)
  return recipeFor({ lens, view }, { width: source.info.width, height: source.info.height })
}
