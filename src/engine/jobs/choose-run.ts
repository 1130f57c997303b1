import { AppError } from '../../shared/errors.ts'
import { parseFrameList } from '../../shared/frame-list.ts'
import type { Project } from '../db/project.ts'
import { getRun, listRuns, type Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { getSource } from '../db/sources.ts'
import { requireRecipe } from './project-recipe.ts'

export interface RunChoice {
  run?: number | undefined
  tape?: number | undefined
  /** Frames that the run has to cover. */
  frames?: readonly number[] | undefined
}

/** The frames of a run in its order; a position is an index into it. */
export function runFrames(project: Project, run: Run): number[] {
  return parseFrameList(run.frameList, getSource(project, run.source).frames)
}

function covers(project: Project, run: Run, frames: readonly number[]): boolean {
  const scored = new Set(runFrames(project, run).slice(0, run.done))
  return frames.every((frame) => scored.has(frame))
}

/**
 * The run asked for; otherwise the latest one of the active network with the recipe in use that
 * covers the frames asked for.
 * @throws AppError `no-such-run`
 */
export function chooseRun(project: Project, { run, tape, frames = [] }: RunChoice): Run {
  if (run !== undefined) return getRun(project, run)
  const model = loadSettings(project).activeModel
  const { geometryHash } = requireRecipe(project)
  const fits = (each: Run) =>
    each.done > 0 &&
    each.geometryHash === geometryHash &&
    (model === null || each.modelId === model) &&
    (tape === undefined || each.source === tape)
  const found = listRuns(project).find((each) => fits(each) && covers(project, each, frames))
  if (found) return found
  const asked = frames.length > 0 ? ' that covers the frames asked for' : ''
  throw new AppError(
    'no-such-run',
    `there is no run of the active network with the recipe in use${asked}`,
    'Make one with `maskbench infer`.',
  )
}
