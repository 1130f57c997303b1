/** @file Everything that a page needs in order to review a run, but the scores themselves. */
import type { Review } from '../../shared/contract/reviews.ts'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Project } from '../db/project.ts'
import { listReviews } from '../db/reviews.ts'
import { getRun, type Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import type { Source } from '../db/sources.ts'
import { projectRule } from '../jobs/count-project.ts'
import { describeRuns } from '../jobs/describe-run.ts'
import { recipeOfRun } from '../jobs/project-recipe.ts'
import { regionSums } from './region-sums.ts'

/**
 * A run as it is reviewed. When it returns, every region has its scores.
 * @throws AppError `no-regions`, `no-maps`
 */
export async function reviewOf(
  project: Project,
  source: Source,
  run: Run,
  { keep }: { keep: boolean },
  work: LongWork,
): Promise<Review> {
  const rule = projectRule(project, recipeOfRun(project, run).recipe.size)
  const scored = await regionSums(project, run, { cut: rule.cut, keep }, work)
  const reviews = listReviews(project, source.id)
  const regions = scored.map(({ region, approximate }) => {
    const { id, name, colour, group, threshold } = region
    const outdated = reviews.filter((review) => review.region === id && !review.current).length
    return { id, name, colour, group, threshold, approximate, outdated }
  })
  const ids = new Set(regions.map(({ id }) => id))
  const [shown] = await describeRuns(project, [getRun(project, run.id)])
  if (!shown) throw new AppError('internal', `run ${run.id} has gone`)
  return {
    run: shown,
    frameList: run.frameList,
    startTime: source.startTime,
    shifts: loadSettings(project).shifts,
    rule,
    regions,
    answers: reviews
      .filter(({ region, current }) => current && ids.has(region))
      .map(({ region, frame, occupied }) => ({ region, frame, occupied })),
  }
}
