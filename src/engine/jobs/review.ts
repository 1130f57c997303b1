/** @file Reviewing: the doubtful frames, and what a reviewer says of them. */
import { AppError } from '../../shared/errors.ts'
import { parseFrameList } from '../../shared/frame-list.ts'
import type { Project } from '../db/project.ts'
import { listRegions } from '../db/regions.ts'
import { currentReviews, saveReviews } from '../db/reviews.ts'
import type { Run } from '../db/runs.ts'
import type { Source } from '../db/sources.ts'
import { type ReviewChoice, reviewList } from '../labels/doubtful.ts'
import { runFrames } from './choose-run.ts'
import { projectRule, type RuleChoice } from './count-project.ts'
import { requireRecipe } from './project-recipe.ts'
import { scoreRegions } from './region-scores.ts'

export interface DoubtfulFrame {
  region: string
  frame: number
  score: number
  threshold: number
  /** What a reviewer said; null = not reviewed. */
  occupied: boolean | null
}

/** The frames of a run that are closest to the threshold, the most doubtful first. */
export function doubtfulFrames(
  project: Project,
  run: Run,
  given: RuleChoice,
  choice: ReviewChoice,
): DoubtfulFrame[] {
  const rule = projectRule(project, requireRecipe(project).recipe.size, given)
  const frames = runFrames(project, run)
  const positionOf = new Map(frames.map((frame, position) => [frame, position]))
  const reviews = currentReviews(project, run.source)
  const regions = scoreRegions(project, run, rule.cut).map(({ region, sums }) => {
    const own = reviews.filter((review) => review.region === region.id)
    const marks = new Map(own.map(({ frame, occupied }) => [positionOf.get(frame) ?? -1, occupied]))
    return { name: region.name, scores: sums, threshold: region.threshold ?? rule.threshold, marks }
  })
  const thresholds = new Map(regions.map(({ name, threshold }) => [name, threshold]))
  return reviewList(regions, choice).map(({ region, position, score, mark }) => ({
    region,
    frame: frames[position] ?? 0,
    score,
    threshold: thresholds.get(region) ?? rule.threshold,
    occupied: mark,
  }))
}

/**
 * Stores that a region is occupied, or not, in some frames; returns how many.
 * @throws AppError `no-such-region`, `no-such-frame`
 */
export function markFrames(
  project: Project,
  source: Source,
  mark: { region: string; frames: string; occupied: boolean },
): number {
  const regions = listRegions(project)
  const region = regions.find(({ name }) => name === mark.region)
  if (!region)
    throw new AppError(
      'no-such-region',
      `the project has no region ${JSON.stringify(mark.region)}`,
      `Its regions are ${regions.map(({ name }) => name).join(', ')}.`,
    )
  const frames = parseFrameList(mark.frames, source.frames)
  const { occupied } = mark
  saveReviews(
    project,
    frames.map((frame) => ({ source: source.id, frame, region: region.id, occupied })),
  )
  return frames.length
}
