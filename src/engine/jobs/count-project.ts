/** @file `count`: occupied frames of every region and group, from stored scores alone. */

import { countGroups, countRun } from '../../shared/count/count.ts'
import {
  countPerPeriod,
  type FrameTimes,
  hourPeriods,
  type Period,
  type PeriodCount,
  shiftPeriods,
} from '../../shared/count/periods.ts'
import { checkRule, defaultRule } from '../../shared/count/rule.ts'
import type { CountRule } from '../../shared/count/types.ts'
import type { Size } from '../../shared/recipe.ts'
import { frameSeconds, loadFrameIndex } from '../db/frame-indexes.ts'
import type { Project } from '../db/project.ts'
import type { Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { getSource } from '../db/sources.ts'
import type { CountedRegion, CountedRun } from '../formats/counted.ts'
import { answersInRun, regionReview } from '../review/region-review.ts'
import { runFrames } from './choose-run.ts'
import { recipeOfRun } from './project-recipe.ts'
import { scoreRegions } from './region-scores.ts'

export type RuleChoice = { [Part in keyof CountRule]?: CountRule[Part] | undefined }

/** The project's rule, or the default one for its picture, with what was given in its place. */
export function projectRule(project: Project, size: Size, given: RuleChoice = {}): CountRule {
  const base = loadSettings(project).countRule ?? defaultRule(size)
  return checkRule({
    threshold: given.threshold ?? base.threshold,
    cut: given.cut ?? base.cut,
    enter: given.enter ?? base.enter,
    leave: given.leave ?? base.leave,
  })
}

export interface ProjectCount {
  run: Run
  rule: CountRule
  /** Frame of each position that is done. */
  frames: number[]
  regions: CountedRegion[]
  groups: CountedRegion[]
}

/**
 * Counts a run.
 * @throws AppError `no-regions`, `bad-value` when the rule is none
 */
export function countProject(project: Project, run: Run, given: RuleChoice = {}): ProjectCount {
  const { size } = recipeOfRun(project, run).recipe
  const rule = projectRule(project, size, given)
  const scored = scoreRegions(project, run, rule.cut)
  const inputs = scored.map(({ region, sums }) => ({
    sums,
    threshold: region.threshold,
    group: region.group,
  }))
  const counts = countRun(inputs, rule)
  const answers = answersInRun(project, run)
  const regions = scored.flatMap(({ region, sums, approximate }, i): CountedRegion[] => {
    const count = counts[i]
    if (!count) return []
    const { id, name } = region
    const threshold = region.threshold ?? rule.threshold
    const review = regionReview(sums, threshold, answers.get(id))
    return [{ ...count, name, members: [], threshold, approximate, review }]
  })
  const groups = [...countGroups(inputs, counts)].map(([name, count]): CountedRegion => {
    const members = scored.filter(({ region }) => region.group === name)
    return {
      ...count,
      name,
      members: members.map(({ region }) => region.name),
      threshold: null,
      approximate: members.some((member) => member.approximate),
      review: null,
    }
  })
  return { run, rule, frames: runFrames(project, run).slice(0, run.done), regions, groups }
}

/** When the counted frames were taken. */
export function countedTimes(project: Project, { run, frames }: ProjectCount): FrameTimes {
  const source = getSource(project, run.source)
  const all = frameSeconds(loadFrameIndex(project, source))
  const seconds = Float64Array.from(frames, (frame) => all[frame] ?? 0)
  return { seconds, startTime: source.startTime }
}

/** The count as exports and reports see it: regions, then groups, with their times. */
export function countedRun(project: Project, count: ProjectCount): CountedRun {
  const { framesPerSecond } = getSource(project, count.run.source).info
  return {
    rule: count.rule,
    frames: count.frames,
    regions: [...count.regions, ...count.groups],
    times: countedTimes(project, count),
    framesPerSecond,
  }
}

/** How to split a count by time. */
export const periodUnits = {
  hour: (times: FrameTimes): Period[] => hourPeriods(times),
  shift: (times: FrameTimes, project: Project): Period[] =>
    shiftPeriods(times, loadSettings(project).shifts),
} as const

export type PeriodUnit = keyof typeof periodUnits

/** The count of each region and group in each period. */
export function countPeriods(
  project: Project,
  count: ProjectCount,
  unit: PeriodUnit,
): { name: string; periods: PeriodCount[] }[] {
  const periods = periodUnits[unit](countedTimes(project, count), project)
  return [...count.regions, ...count.groups].map((each) => ({
    name: each.name,
    periods: countPerPeriod(each, periods),
  }))
}
