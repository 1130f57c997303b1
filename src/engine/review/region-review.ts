/** @file How much of a counted region was reviewed, and what that says about its count. */
import type { Answers } from '../../shared/count/answers.ts'
import { countInterval } from '../../shared/count/interval.ts'
import type { Project } from '../db/project.ts'
import { currentReviews } from '../db/reviews.ts'
import type { Run } from '../db/runs.ts'
import type { RegionReview } from '../formats/counted.ts'
import { positionIn, runFrames } from '../jobs/choose-run.ts'

/** What was answered about each region, by position of the run; only positions that are done. */
export function answersInRun(project: Project, run: Run): Map<number, Map<number, boolean>> {
  const frames = runFrames(project, run)
  const byRegion = new Map<number, Map<number, boolean>>()
  for (const { region, frame, occupied } of currentReviews(project, run.source)) {
    const position = positionIn(frames, frame)
    if (position < 0 || position >= run.done) continue
    const own = byRegion.get(region) ?? new Map<number, boolean>()
    byRegion.set(region, own.set(position, occupied))
  }
  return byRegion
}

/** The interval that the answers give a region's count; null where nobody has answered. */
export function regionReview(
  sums: Float64Array,
  threshold: number,
  answers: Answers | undefined,
): RegionReview | null {
  if (!answers || answers.size === 0) return null
  const { reviewed, estimate, low, high } = countInterval(sums, threshold, answers)
  return { reviewed, estimate, low, high }
}
