/** @file The frames of a run that are flagged, and those that were counted otherwise than reviewed. */
import { toFlags } from '../../shared/count/stretches.ts'
import { listFlags } from '../db/frame-flags.ts'
import { frameSeconds, loadFrameIndex } from '../db/frame-indexes.ts'
import type { Project } from '../db/project.ts'
import { getSource } from '../db/sources.ts'
import type { FlaggedFrame } from '../formats/flagged-csv.ts'
import type { ProjectCount } from '../jobs/count-project.ts'
import { scoreRegions } from '../jobs/region-scores.ts'
import { answersInRun } from './region-review.ts'

/** By frame; flags of frames that the run does not have are among them. */
export function flaggedFrames(project: Project, { run, rule, frames, regions }: ProjectCount) {
  const source = getSource(project, run.source)
  const seconds = frameSeconds(loadFrameIndex(project, source))
  const at = (frame: number) => ({ frame, seconds: seconds[frame] ?? 0 })
  const flagged = listFlags(project)
    .filter((flag) => flag.source === run.source)
    .map(({ frame }): FlaggedFrame => {
      return { ...at(frame), region: null, why: 'flagged', score: null, threshold: null }
    })
  const answers = answersInRun(project, run)
  const wrong = scoreRegions(project, run, rule.cut).flatMap(({ region, sums }, i) => {
    const counted = regions[i]
    if (!counted) return []
    const flags = toFlags(counted.stretches, counted.frames)
    return [...(answers.get(region.id) ?? [])]
      .filter(([position, occupied]) => (flags[position] === 1) !== occupied)
      .map(
        ([position, occupied]): FlaggedFrame => ({
          ...at(frames[position] ?? 0),
          region: region.name,
          why: occupied ? 'missed' : 'counted wrongly',
          score: sums[position] ?? null,
          threshold: counted.threshold,
        }),
      )
  })
  return [...flagged, ...wrong].sort((a, b) => a.frame - b.frame)
}
