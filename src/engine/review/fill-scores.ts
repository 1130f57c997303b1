/** @file Scores regions that a run has no scores for from its probability maps, a stretch at a time. */
import { setImmediate } from 'node:timers/promises'
import { cutIndex } from '../../shared/count/rule.ts'
import { blockFrames, cutCount } from '../../shared/count/types.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { mapScorer } from '../count/approximate.ts'
import { type ShapedRegion, shapeHash } from '../count/shape.ts'
import { write } from '../db/handle.ts'
import { openMaps } from '../db/map-reader.ts'
import type { Project } from '../db/project.ts'
import type { StoredRegion } from '../db/regions.ts'
import type { Run } from '../db/runs.ts'
import { saveApproximateScores } from '../db/scores.ts'
import { runShapes } from '../db/shapes.ts'
import { shapeSpans } from '../jobs/project-recipe.ts'

type Shaped = ShapedRegion<StoredRegion>

/** Blocks that are stored at once: each commit waits for the disk. */
const blocksPerCommit = 2

/** The sums `[cuts, positions]` of each region in a stretch of positions. */
interface Stretch {
  from: number
  positions: number
  sums: Float64Array[]
}

/** How long the process may be kept from other things. */
const sliceMs = 12

/** Scores stretch after stretch; between two of them the process does other things. */
async function* stretches(
  project: Project,
  run: Run,
  regions: readonly Shaped[],
  start: number,
  { signal, onProgress }: LongWork,
): AsyncGenerator<Stretch> {
  const [first] = regions
  if (!first) return
  using maps = openMaps(project, run.id)
  const spans = regions.map(({ shape }) => shapeSpans(shape))
  const score = mapScorer(spans, first.shape.size)
  let began = performance.now()
  const report = progressMeter('score regions', run.done - start, 'frames', onProgress)
  for (let from = start; from < run.done; from += blockFrames) {
    const to = Math.min(from + blockFrames, run.done)
    const positions = to - from
    const sums = regions.map(() => new Float64Array(cutCount * positions))
    for (let position = from; position < to; position++) {
      score(maps.at(position), sums, position - from)
      if (performance.now() - began < sliceMs) continue
      report(position + 1 - start)
      await setImmediate()
      throwIfCancelled(signal, 'scoring')
      began = performance.now()
    }
    yield { from, positions, sums }
    report(to - start)
  }
}

/** The first position, at the begin of a block, that one of the regions has no score for. */
function firstUnscored(project: Project, run: Run, regions: readonly Shaped[]): number {
  const scored = new Map(runShapes(project, run.id).map((shape) => [shape.hash, shape.scored]))
  const least = Math.min(...regions.map(({ shape }) => scored.get(shapeHash(shape)) ?? 0))
  return Math.floor(least / blockFrames) * blockFrames
}

/** Scores regions at all cuts and keeps the scores; what was begun before is gone on with. */
async function fill(
  project: Project,
  run: Run,
  regions: readonly Shaped[],
  work: LongWork,
): Promise<void> {
  let pending: Stretch[] = []
  const store = (): void => {
    write(project, () => {
      for (const { from, sums } of pending)
        for (const [i, { shape }] of regions.entries()) {
          const own = sums[i]
          if (own) saveApproximateScores(project, run.id, shape, own, from)
        }
    })
    pending = []
  }
  try {
    const start = firstUnscored(project, run, regions)
    for await (const stretch of stretches(project, run, regions, start, work)) {
      pending.push(stretch)
      if (pending.length >= blocksPerCommit) store()
    }
  } finally {
    if (pending.length > 0) store()
  }
}

/** Two pages that wish for the same scores wait for one another. */
const tails = new WeakMap<Project, Promise<void>>()

/**
 * Scores regions of a project that is open for writing from a run's maps and keeps the scores.
 * `missing` says which, each time that it is its turn.
 * @throws AppError `no-maps`, `disk-full`, `cancelled`: then what was scored is kept
 */
export async function fillScores(
  project: Project,
  run: Run,
  missing: () => readonly Shaped[],
  work: LongWork,
): Promise<void> {
  const before = tails.get(project) ?? Promise.resolve()
  const filling = before.then(() => fill(project, run, missing(), work))
  tails.set(
    project,
    filling.catch(() => {}),
  )
  await filling
}

/** The sums of regions at one cut from a run's maps, kept nowhere: `[positions]` each. */
export async function sumsFromMaps(
  project: Project,
  run: Run,
  regions: readonly Shaped[],
  cut: number,
  work: LongWork,
): Promise<Float64Array[]> {
  const sums = regions.map(() => new Float64Array(run.done))
  for await (const stretch of stretches(project, run, regions, 0, work)) {
    const { from, positions } = stretch
    const at = cutIndex(cut) * positions
    for (const [i, own] of stretch.sums.entries())
      sums[i]?.set(own.subarray(at, at + positions), from)
  }
  return sums
}
