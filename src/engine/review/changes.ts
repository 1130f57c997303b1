/** @file What flipped between two runs of one tape. */
import type { Change } from '../../shared/contract/reviews.ts'
import { countRun } from '../../shared/count/count.ts'
import { toFlags } from '../../shared/count/stretches.ts'
import type { CountRule } from '../../shared/count/types.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Project } from '../db/project.ts'
import type { Run } from '../db/runs.ts'
import { runFrames } from '../jobs/choose-run.ts'
import { projectRule } from '../jobs/count-project.ts'
import { recipeOfRun } from '../jobs/project-recipe.ts'
import { regionSums } from './region-sums.ts'

/** Of each region one byte a position: 1 = occupied, after the rule was applied. */
async function flagsOf(
  project: Project,
  run: Run,
  rule: CountRule,
  { keep }: { keep: boolean },
  work: LongWork,
): Promise<Map<number, Uint8Array>> {
  const scored = await regionSums(project, run, { cut: rule.cut, keep }, work)
  const inputs = scored.map(({ region, sums }) => ({
    ...{ sums, threshold: region.threshold, group: region.group },
  }))
  const counts = countRun(inputs, rule)
  return new Map(
    scored.flatMap(({ region }, i) => {
      const count = counts[i]
      return count ? [[region.id, toFlags(count.stretches, count.frames)]] : []
    }),
  )
}

/** Frames that two ascending lists share, with their positions in each. */
function* sharedFrames(list: readonly number[], other: readonly number[]) {
  for (let position = 0, at = 0; position < list.length && at < other.length; ) {
    const [frame = 0, its = 0] = [list[position], other[at]]
    if (frame === its) yield { frame, position, at }
    if (frame <= its) position += 1
    if (its <= frame) at += 1
  }
}

/** The stretches of frames, among those that both runs have, whose answer is another one now. */
export function flippedStretches(
  region: number,
  now: { frames: readonly number[]; flags: Uint8Array },
  before: { frames: readonly number[]; flags: Uint8Array },
): Change[] {
  const changes: Change[] = []
  let open: Change | undefined
  for (const { frame, position, at } of sharedFrames(now.frames, before.frames)) {
    const occupied = now.flags[position] === 1
    const flipped = occupied !== (before.flags[at] === 1)
    if (flipped && open?.occupied === occupied) open.last = frame
    else {
      open = flipped ? { region, first: frame, last: frame, occupied } : undefined
      if (open) changes.push(open)
    }
  }
  return changes
}

/**
 * What a run answers otherwise than one before it, under the rule in use, region by region; only
 * frames that both have done are compared.
 * @throws AppError `no-regions`, `no-maps`
 */
export async function changesBetween(
  project: Project,
  { run, before }: { run: Run; before: Run },
  options: { keep: boolean },
  work: LongWork,
): Promise<Change[]> {
  const rule = projectRule(project, recipeOfRun(project, run).recipe.size)
  const now = await flagsOf(project, run, rule, options, work)
  const then = await flagsOf(project, before, rule, options, work)
  return [...now].flatMap(([region, flags]) => {
    const earlier = then.get(region)
    if (!earlier) return []
    return flippedStretches(
      region,
      { frames: runFrames(project, run).slice(0, flags.length), flags },
      { frames: runFrames(project, before).slice(0, earlier.length), flags: earlier },
    )
  })
}
