/** @file The queue of a reviewer: the frames of a run whose answers are likeliest to be wrong. */
import { setImmediate } from 'node:timers/promises'
import type { Doubt } from '../../shared/contract/reviews.ts'
import { occupiedStretches } from '../../shared/count/stretches.ts'
import type { CountRule } from '../../shared/count/types.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { shapeHash } from '../count/shape.ts'
import { loadDifferences } from '../db/differences.ts'
import type { Project } from '../db/project.ts'
import { currentReviews } from '../db/reviews.ts'
import type { Run } from '../db/runs.ts'
import { runShapes } from '../db/shapes.ts'
import { getSource } from '../db/sources.ts'
import { positionIn, runFrames } from '../jobs/choose-run.ts'
import { projectRule } from '../jobs/count-project.ts'
import { recipeOfRun, shapedRegions } from '../jobs/project-recipe.ts'
import type { ScoredRegion } from '../jobs/region-scores.ts'
import { chancesWrong, reasons } from './chance-wrong.ts'
import { regionSums } from './region-sums.ts'
import { spacedChoice } from './spaced-choice.ts'

export interface DoubtOptions {
  limit: number
  /** Whether scores that have to be made are kept. */
  keep: boolean
}

/** Answers that are less likely wrong are not doubtful. */
const leastChance = 0.05

/** Nobody comes and goes within half a second. */
const flickerSeconds = 0.5
/** Two frames of a region closer than this show the same. */
const apartSeconds = 1
const mostApart = 30

/** Positions a second of the tape: fewer than its frames where the run left some out. */
function positionsPerSecond(project: Project, run: Run, frames: readonly number[]): number {
  const { framesPerSecond } = getSource(project, run.source).info
  const span = (frames.at(-1) ?? 0) - (frames[0] ?? 0)
  return span > 0 ? (framesPerSecond * (frames.length - 1)) / span : framesPerSecond
}

const between = (least: number, value: number, most: number): number =>
  Math.max(least, Math.min(most, Math.round(value)))

interface RegionQueue {
  scored: ScoredRegion
  difference: Float64Array | null
  /** Positions that were answered. */
  answered: readonly number[]
}

/** The most doubtful frames of one region. */
function doubtsOfRegion(
  { scored: { region, sums }, difference, answered }: RegionQueue,
  rule: CountRule,
  { limit, pace }: { limit: number; pace: number },
): { position: number; chance: number; doubt: Omit<Doubt, 'frame'> }[] {
  const threshold = region.threshold ?? rule.threshold
  const flicker = between(1, flickerSeconds * pace, mostApart)
  const apart = between(flicker, apartSeconds * pace, mostApart)
  const occupied = occupiedStretches(sums, { ...rule, threshold })
  const { any, why } = chancesWrong({ scores: sums, threshold, occupied, difference, flicker })
  const choice = { limit, apart, least: leastChance, without: answered }
  return spacedChoice(any, choice).map((position) => ({
    position,
    chance: any[position] ?? 0,
    doubt: {
      region: region.id,
      score: sums[position] ?? 0,
      why: reasons[why[position] ?? 0] ?? 'threshold',
    },
  }))
}

/** By region: pixels that differ from the background, where the run knows them. */
function differencesOf(project: Project, run: Run): Map<number, Float64Array> {
  const shapes = new Map(runShapes(project, run.id).map((shape) => [shape.hash, shape]))
  const found = new Map<number, Float64Array>()
  for (const { region, shape } of shapedRegions(project, recipeOfRun(project, run))) {
    const stored = shapes.get(shapeHash(shape))
    const pixels = stored && loadDifferences(project, run.id, stored, run.done)
    if (pixels) found.set(region.id, pixels)
  }
  return found
}

/**
 * The frames of a run to look at first, the most doubtful of all regions first; none that was
 * answered, and none close to one that was.
 * @throws AppError `no-regions`, `no-maps`, `cancelled`
 */
export async function doubtsOf(
  project: Project,
  run: Run,
  { limit, keep }: DoubtOptions,
  work: LongWork,
): Promise<Doubt[]> {
  const rule = projectRule(project, recipeOfRun(project, run).recipe.size)
  const regions = await regionSums(project, run, { cut: rule.cut, keep }, work)
  const frames = runFrames(project, run)
  const pace = positionsPerSecond(project, run, frames)
  const reviews = Map.groupBy(currentReviews(project, run.source), ({ region }) => region)
  const differences = differencesOf(project, run)
  const found: ReturnType<typeof doubtsOfRegion> = []
  for (const scored of regions) {
    const { id } = scored.region
    const answered = (reviews.get(id) ?? [])
      .map(({ frame }) => positionIn(frames, frame))
      .filter((position) => position >= 0)
    const difference = differences.get(id) ?? null
    found.push(...doubtsOfRegion({ scored, difference, answered }, rule, { limit, pace }))
    await setImmediate()
    throwIfCancelled(work.signal, 'the search')
  }
  found.sort((a, b) => b.chance - a.chance || a.position - b.position)
  return found
    .slice(0, limit)
    .map(({ position, doubt }) => ({ ...doubt, frame: frames[position] ?? 0 }))
}
