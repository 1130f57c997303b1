/** @file The scores of the project's regions in a run, however long it takes to have them. */
import type { LongWork } from '../../shared/progress.ts'
import { type ShapedRegion, shapeHash } from '../count/shape.ts'
import type { Project } from '../db/project.ts'
import type { StoredRegion } from '../db/regions.ts'
import { getRun, type Run } from '../db/runs.ts'
import { scoreCache } from '../db/score-cache.ts'
import { loadScores } from '../db/scores.ts'
import { countedRegions, type ScoredRegion, scoredShapes } from '../jobs/region-scores.ts'
import { fillScores, sumsFromMaps } from './fill-scores.ts'

export interface SumsOptions {
  cut: number
  /** Whether scores that have to be made are kept in the project: for who may write to it. */
  keep: boolean
}

type Shaped = ShapedRegion<StoredRegion>

function missingIn(project: Project, run: Run): Shaped[] {
  const scored = scoredShapes(project, run)
  return countedRegions(project, run).filter(({ shape }) => !scored.has(shapeHash(shape)))
}

/** The sums of regions that are kept nowhere but in memory. */
async function sumsInMemory(
  project: Project,
  run: Run,
  regions: readonly Shaped[],
  cut: number,
  work: LongWork,
): Promise<Map<number, Float64Array>> {
  const cache = scoreCache(project)
  const keyOf = ({ shape }: Shaped) => `${run.id} ${run.done} ${cut} ${shapeHash(shape)}`
  const found = new Map(regions.map((each) => [each.region.id, cache.find(keyOf(each))]))
  const unknown = regions.filter(({ region }) => !found.get(region.id))
  const made = await sumsFromMaps(project, run, unknown, cut, work)
  for (const [i, each] of unknown.entries()) {
    const sums = made[i] ?? new Float64Array(0)
    found.set(
      each.region.id,
      cache.get(keyOf(each), () => sums),
    )
  }
  return new Map([...found].map(([id, sums]) => [id, sums ?? new Float64Array(0)]))
}

/**
 * The sums of every region that counts, at a cut; as many as the run has done when they are asked
 * for. Regions that were drawn or moved after the run are scored from its probability maps, in
 * stretches between which the process does other things.
 * @throws AppError `no-regions`, `no-maps`, `bad-value` for a cut that is not stored, `cancelled`
 */
export async function regionSums(
  project: Project,
  { id }: Pick<Run, 'id'>,
  { cut, keep }: SumsOptions,
  work: LongWork,
): Promise<ScoredRegion[]> {
  const run = getRun(project, id)
  const missing = missingIn(project, run)
  if (keep && missing.length > 0)
    await fillScores(project, run, () => missingIn(project, run), work)
  const made = keep ? new Map() : await sumsInMemory(project, run, missing, cut, work)
  const scored = scoredShapes(project, run)
  return countedRegions(project, run).flatMap(({ region, shape }): ScoredRegion[] => {
    const stored = scored.get(shapeHash(shape))
    if (!stored) {
      const sums = made.get(region.id)
      return sums ? [{ region, sums, approximate: true }] : []
    }
    const sums = loadScores(project, run.id, stored, cut)
    return [{ region, sums, approximate: stored.approximate }]
  })
}
