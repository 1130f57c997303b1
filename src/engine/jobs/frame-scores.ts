/** @file What each region scores in one frame, for somebody who looks at it. */

import { cutIndex } from '../../shared/count/rule.ts'
import { AppError } from '../../shared/errors.ts'
import { approximateScores } from '../count/approximate.ts'
import { type Shape, shapeHash } from '../count/shape.ts'
import type { Project } from '../db/project.ts'
import type { Run } from '../db/runs.ts'
import { loadScores } from '../db/scores.ts'
import { type RunShape, runShapes } from '../db/shapes.ts'
import type { Source } from '../db/sources.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { chooseRun, positionIn, runFrames } from './choose-run.ts'
import { projectRule } from './count-project.ts'
import { frameMap } from './frame-picture.ts'
import { requireRecipe, shapedRegions, shapeSpans } from './project-recipe.ts'

export interface FrameScore {
  region: number
  /** Sum of person probability at the rule's cut; null where no network has looked at the frame. */
  sum: number | null
  threshold: number
  /** Whether the sum is above the threshold; by this frame alone. */
  occupied: boolean | null
}

/** What is expected where the network has not looked: no error, but no score. */
const absences: readonly string[] = ['no-such-run', 'no-maps']

function orNull<Value>(read: () => Value): Value | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof AppError && absences.includes(error.code)) return null
    throw error
  }
}

/** The sum of one shape in one map, at the resolution of the picture. */
function sumInMap(map: ProbabilityMap, shape: Shape, cut: number): number | null {
  const [sums] = approximateScores([map], 1, [shapeSpans(shape)], shape.size)
  return sums?.[cutIndex(cut)] ?? null
}

interface ScoredFrame {
  run: Run
  position: number
  /** By hash. */
  shapes: ReadonlyMap<string, RunShape>
}

function findScored(project: Project, source: Source, frame: number): ScoredFrame | null {
  const run = orNull(() => chooseRun(project, { tape: source.id, frames: [frame] }))
  if (!run) return null
  const shapes = new Map(runShapes(project, run.id).map((shape) => [shape.hash, shape]))
  return { run, position: positionIn(runFrames(project, run), frame), shapes }
}

/**
 * The regions that count, with their sums in a frame by the latest run. What the run was not made
 * with is scored from its stored map.
 */
export function frameScores(project: Project, source: Source, frame: number): FrameScore[] {
  const rule = projectRule(project, requireRecipe(project).recipe.size)
  const found = findScored(project, source, frame)
  let map: ProbabilityMap | null | undefined
  const sumOf = ({ run, position, shapes }: ScoredFrame, shape: Shape): number | null => {
    const stored = shapes.get(shapeHash(shape))
    if (stored && stored.scored > position)
      return loadScores(project, run.id, stored, rule.cut)[position] ?? null
    map ??= orNull(() => frameMap(project, source, frame))
    return map && sumInMap(map, shape, rule.cut)
  }
  return shapedRegions(project).map(({ region, shape }) => {
    const threshold = region.threshold ?? rule.threshold
    const sum = found && sumOf(found, shape)
    return { region: region.id, sum, threshold, occupied: sum === null ? null : sum > threshold }
  })
}
