/** @file What is seen through the project's recipe: its picture, and the regions in its pixels. */
import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { mapPolygon } from '../../shared/geometry-polygon.ts'
import { type PixelSpans, subtractSpans } from '../../shared/pixel-spans.ts'
import { rasterise } from '../../shared/region-raster.ts'
import { type Shape, type ShapedRegion, shapesOf } from '../count/shape.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe, recipeByHash, type StoredRecipe } from '../db/recipes.ts'
import { listRegions, type StoredRegion } from '../db/regions.ts'
import type { Run } from '../db/runs.ts'

/** @throws AppError `no-recipe` where nobody has said yet how to look at the tape */
export function requireRecipe(project: Project): StoredRecipe {
  const stored = activeRecipe(project)
  if (stored) return stored
  throw new AppError(
    'no-recipe',
    `${basename(project.dir)} has no recipe yet: nobody has said how to look at its tape`,
    'Set it on the screen Tape of the workbench.',
  )
}

/** The recipe that a run was made with, which may not be the one in use any more. */
export function recipeOfRun(project: Project, run: Pick<Run, 'geometryHash'>): StoredRecipe {
  return recipeByHash(project, run.geometryHash) ?? requireRecipe(project)
}

/**
 * The regions, their outlines mapped from the recipe that each was drawn in to the one given: by
 * default the one in use.
 */
export function regionsInRecipe(
  project: Project,
  { geometryHash, recipe }: StoredRecipe = requireRecipe(project),
): StoredRegion[] {
  return listRegions(project).map((region) => {
    if (region.geometryHash === geometryHash) return region
    const drawnIn = recipeByHash(project, region.geometryHash)
    if (!drawnIn) return region
    return { ...region, points: mapPolygon(region.points, drawnIn.recipe, recipe) }
  })
}

/** The regions that count, each with the shape its scores are stored under. */
export function shapedRegions(
  project: Project,
  stored: StoredRecipe = requireRecipe(project),
): ShapedRegion<StoredRegion>[] {
  return shapesOf(regionsInRecipe(project, stored), stored.recipe.size)
}

/** The pixels that a score of this shape sums over. */
export function shapeSpans({ points, ignored, size }: Shape): PixelSpans {
  return subtractSpans(
    rasterise(points, size),
    ignored.map((polygon) => rasterise(polygon, size)),
  )
}
