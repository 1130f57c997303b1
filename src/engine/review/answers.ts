/** @file Stores what reviewers say, and the rule that they choose. */
import type { ReviewAnswer } from '../../shared/contract/reviews.ts'
import { checkRule } from '../../shared/count/rule.ts'
import type { CountRule } from '../../shared/count/types.ts'
import { AppError } from '../../shared/errors.ts'
import { write } from '../db/handle.ts'
import type { Project } from '../db/project.ts'
import { getRegion, updateRegion } from '../db/regions.ts'
import { deleteReviews, saveReviews } from '../db/reviews.ts'
import { saveSettings } from '../db/settings.ts'
import type { Source } from '../db/sources.ts'

/** An answer, or null to take one back. */
export type GivenAnswer = Omit<ReviewAnswer, 'occupied'> & { occupied: boolean | null }

/**
 * Stores answers, all of them or none. The last about a frame and region counts.
 * @throws AppError `no-such-region`, `no-such-frame`, `read-only`
 */
export function storeAnswers(
  project: Project,
  { id, frames }: Source,
  answers: readonly GivenAnswer[],
): void {
  const beyond = answers.find(({ frame }) => frame < 0 || frame >= frames)
  if (beyond)
    throw new AppError(
      'no-such-frame',
      `tape ${id} has no frame ${beyond.frame}`,
      `Its frames are 0 to ${frames - 1}.`,
    )
  const last = new Map(answers.map((answer) => [`${answer.region} ${answer.frame}`, answer]))
  const given = [...last.values()].map((answer) => ({ ...answer, source: id }))
  write(project, () => {
    for (const region of new Set(given.map((answer) => answer.region))) getRegion(project, region)
    saveReviews(
      project,
      given.flatMap(({ occupied, ...at }) => (occupied === null ? [] : [{ ...at, occupied }])),
    )
    deleteReviews(
      project,
      given.filter(({ occupied }) => occupied === null),
    )
  })
}

/**
 * Stores the project's rule and thresholds of single regions, all of it or nothing.
 * @throws AppError `bad-value` for a rule that is none, `no-such-region`, `read-only`
 */
export function storeRule(
  project: Project,
  rule: CountRule,
  regions: readonly { id: number; threshold: number | null }[],
): void {
  const countRule = checkRule(rule)
  write(project, () => {
    saveSettings(project, { countRule })
    for (const { id, threshold } of regions)
      updateRegion(project, id, { threshold }, getRegion(project, id).geometryHash)
  })
}
