/** @file The scores of the project's regions in a run: exact where the run has them. */

import { cutIndex } from '../../shared/count/rule.ts'
import { AppError } from '../../shared/errors.ts'
import { approximateScores } from '../count/approximate.ts'
import { type ShapedRegion, shapeHash } from '../count/shape.ts'
import { readMaps } from '../db/map-reader.ts'
import type { Project } from '../db/project.ts'
import type { StoredRegion } from '../db/regions.ts'
import type { Run } from '../db/runs.ts'
import { loadScores, saveApproximateScores } from '../db/scores.ts'
import { type RunShape, runShapes } from '../db/shapes.ts'
import { recipeOfRun, shapedRegions, shapeSpans } from './project-recipe.ts'

export interface ScoredRegion {
  region: StoredRegion
  /** Sum of person probability at the cut, one a position of the run that is done. */
  sums: Float64Array
  /** Scored from the run's probability maps: the region was drawn or moved after the run. */
  approximate: boolean
}

/** The shapes that a run has scores for, for as many positions as it has done; by hash. */
export function scoredShapes(project: Project, run: Run): Map<string, RunShape> {
  const current = runShapes(project, run.id).filter((shape) => shape.scored >= run.done)
  return new Map(current.map((shape) => [shape.hash, shape]))
}

/**
 * The regions that count, in the pixels of a run.
 * @throws AppError `no-regions`
 */
export function countedRegions(project: Project, run: Run): ShapedRegion<StoredRegion>[] {
  const regions = shapedRegions(project, recipeOfRun(project, run))
  if (regions.length > 0) return regions
  throw new AppError(
    'no-regions',
    'the project has no region to count in',
    'Draw one on the screen Regions, or use `maskbench roi import` or `maskbench roi grid`.',
  )
}

/** Whether every region of the project has exact scores in the run. */
export function isExact(project: Project, run: Run): boolean {
  const scored = scoredShapes(project, run)
  return shapedRegions(project, recipeOfRun(project, run)).every(
    ({ shape }) => scored.get(shapeHash(shape))?.approximate === false,
  )
}

function scoreFromMaps(
  project: Project,
  run: Run,
  regions: readonly ShapedRegion<StoredRegion>[],
): Float64Array[] {
  const [first] = regions
  if (!first) return []
  const maps = readMaps(project, run.id)
  const spans = regions.map(({ shape }) => shapeSpans(shape))
  return approximateScores(maps, run.done, spans, first.shape.size)
}

/**
 * The sums of every count region at a cut. Regions without scores are scored from the run's
 * probability maps; where the project is open for writing, those scores are kept.
 * @throws AppError `no-regions`, `no-maps`, `bad-value` for a cut that is not stored
 */
export function scoreRegions(project: Project, run: Run, cut: number): ScoredRegion[] {
  const regions = countedRegions(project, run)
  const scored = scoredShapes(project, run)
  const missing = regions.filter(({ shape }) => !scored.has(shapeHash(shape)))
  const fromMaps = new Map(
    scoreFromMaps(project, run, missing).map((sums, i) => [missing[i]?.region.id, sums]),
  )
  return regions.map(({ region, shape }) => {
    const stored = scored.get(shapeHash(shape))
    if (stored)
      return {
        region,
        sums: loadScores(project, run.id, stored, cut),
        approximate: stored.approximate,
      }
    const all = fromMaps.get(region.id) ?? new Float64Array(0)
    if (project.mode === 'write') saveApproximateScores(project, run.id, shape, all)
    const from = cutIndex(cut) * run.done
    return { region, sums: all.subarray(from, from + run.done), approximate: true }
  })
}
