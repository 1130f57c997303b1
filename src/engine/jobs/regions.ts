/** @file Regions in and out of a project, in the pixels of the recipe in use. */
import type { Region } from '../../shared/region.ts'
import { regionFileSchema } from '../../shared/region.ts'
import { checkRegions } from '../../shared/region-check.ts'
import { gridRegions } from '../../shared/region-grid.ts'
import { write } from '../db/handle.ts'
import type { Project } from '../db/project.ts'
import {
  addRegions,
  deleteRegion,
  listRegions,
  type StoredRegion,
  updateRegion,
} from '../db/regions.ts'
import { readJson } from '../formats/json.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { regionsInRecipe, requireRecipe } from './project-recipe.ts'

/**
 * Makes `regions` the project's regions. One of a name that is there already is edited, which keeps
 * its history and reviews; those that are not among them are taken off the project.
 * @throws AppError `bad-region`; then nothing has changed
 */
export function setRegions(project: Project, regions: readonly Region[]): StoredRegion[] {
  const { geometryHash, recipe } = requireRecipe(project)
  const checked = checkRegions(regions, recipe.size)
  write(project, () => {
    const before = new Map(listRegions(project).map((region) => [region.name, region.id]))
    const names = new Set(checked.map(({ name }) => name))
    for (const [name, id] of before) if (!names.has(name)) deleteRegion(project, id)
    for (const region of checked) {
      const id = before.get(region.name)
      if (id === undefined) addRegions(project, [region], geometryHash)
      else updateRegion(project, id, region, geometryHash)
    }
  })
  return listRegions(project)
}

/** Reads regions from a file, `{"rois":[…]}`. */
export async function importRegions(project: Project, file: string): Promise<StoredRegion[]> {
  const { rois } = await readJson(file, regionFileSchema)
  return setRegions(project, rois)
}

/** Covers the picture with equal cells. */
export function setGrid(project: Project, columns: number, rows: number): StoredRegion[] {
  return setRegions(project, gridRegions(columns, rows, requireRecipe(project).recipe.size))
}

/** A region as files and the command line show it. */
export function regionFields({ name, kind, group, colour, threshold, points }: Region): Region {
  return { name, kind, group, colour, threshold, points }
}

/** Writes the regions to a file that `importRegions` reads. */
export async function exportRegions(project: Project, file: string): Promise<Region[]> {
  const rois = regionsInRecipe(project).map(regionFields)
  await replaceFile(file, `${JSON.stringify({ rois }, null, 2)}\n`)
  return rois
}
