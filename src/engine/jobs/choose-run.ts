import { AppError } from '../../shared/errors.ts'
import { parseFrameList } from '../../shared/frame-list.ts'
import type { Project } from '../db/project.ts'
import { getRun, listRuns, type Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { getSource } from '../db/sources.ts'
import { lastAtMost } from '../media/ascending.ts'
import { requireRecipe } from './project-recipe.ts'

export interface RunChoice {
  run?: number | undefined
  tape?: number | undefined
  /** Frames that the run has to cover. */
  frames?: readonly number[] | undefined
}

/** Lists of frames that were read lately: one of a million frames takes its time. */
const recentLists = new Map<string, readonly number[]>()
const mostLists = 4

/** The frames of a run, ascending; a position is an index into it. */
export function runFrames(project: Project, run: Run): readonly number[] {
  const { frames } = getSource(project, run.source)
  const key = `${frames} ${run.frameList}`
  const list = recentLists.get(key) ?? parseFrameList(run.frameList, frames)
  recentLists.delete(key)
  recentLists.set(key, list)
  for (const oldest of recentLists.keys())
    if (recentLists.size > mostLists) recentLists.delete(oldest)
  return list
}

/** The position of a frame in such a list; -1 where it is not in it. */
export function positionIn(list: readonly number[], frame: number): number {
  const position = lastAtMost(list, frame)
  return list[position] === frame ? position : -1
}

function covers(project: Project, run: Run, frames: readonly number[]): boolean {
  if (frames.length === 0) return true
  const list = runFrames(project, run)
  return frames.every((frame) => {
    const position = positionIn(list, frame)
    return position >= 0 && position < run.done
  })
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
