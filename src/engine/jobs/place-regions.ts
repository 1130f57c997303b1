/** @file The regions as a page draws them: in the pixels of the recipe in use, all at once. */
import { AppError } from '../../shared/errors.ts'
import { mapPolygon } from '../../shared/geometry-polygon.ts'
import type { Point, Region } from '../../shared/region.ts'
import { checkRegion } from '../../shared/region-check.ts'
import type { Project } from '../db/project.ts'
import { recipeByHash } from '../db/recipes.ts'
import { regionHistory, type StoredRegion } from '../db/regions.ts'
import { replaceRegions } from '../db/replace-regions.ts'
import { regionsInRecipe, requireRecipe } from './project-recipe.ts'

export interface DrawnRegion extends Region {
  /** Of the region that it was; undefined for a new one. */
  id?: number | undefined
  locked: boolean
}

function refuseDoubleNames(regions: readonly DrawnRegion[]): void {
  const names = regions.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice === undefined) return
  throw new AppError(
    'bad-region',
    `region ${JSON.stringify(twice)}: there are two regions with this name`,
    'Give each region a name of its own.',
  )
}

/** The outline of a region, deleted or not, as the page was given it. */
function outlineInRecipe(project: Project, id: number): readonly Point[] | undefined {
  const latest = regionHistory(project, id).at(-1)
  const drawnIn = latest && recipeByHash(project, latest.geometryHash)
  return drawnIn
    ? mapPolygon(latest.points, drawnIn.recipe, requireRecipe(project).recipe)
    : undefined
}

function isSame(one: readonly Point[] | undefined, other: readonly Point[]): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other)
}

/**
 * Puts regions in the place of those that are there. An outline that comes back as it was given out
 * keeps its original and makes no revision, also where the recipe in use shows it cut off.
 * @throws AppError `bad-region`; then nothing has changed
 */
export function placeRegions(project: Project, regions: readonly DrawnRegion[]): StoredRegion[] {
  const { geometryHash, recipe } = requireRecipe(project)
  refuseDoubleNames(regions)
  const changes = regions.map(({ id, locked, ...region }) => {
    const isMoved = id === undefined || !isSame(outlineInRecipe(project, id), region.points)
    return { ...(isMoved ? checkRegion(region, recipe.size) : region), id, locked, isMoved }
  })
  replaceRegions(project, changes, geometryHash)
  return regionsInRecipe(project)
}
