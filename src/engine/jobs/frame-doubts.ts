/** @file How unsure the active network is of each frame, from its stored probability maps. */
import { openMaps } from '../db/map-reader.ts'
import type { Project } from '../db/project.ts'
import { listRuns, type Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { runFrames } from './choose-run.ts'
import { requireRecipe } from './project-recipe.ts'

/** The latest run of the active network over frames of a tape. */
function latestRun(project: Project, source: number): Run | undefined {
  const { activeModel } = loadSettings(project)
  const { geometryHash } = requireRecipe(project)
  return listRuns(project).find(
    (run) =>
      run.source === source &&
      run.done > 0 &&
      run.geometryHash === geometryHash &&
      (activeModel === null || run.modelId === activeModel),
  )
}

/** For each frame that was inferred: the share of its pixels that are neither person nor not. */
export function frameDoubts(project: Project, source: number): Map<number, number> {
  const run = latestRun(project, source)
  if (!run) return new Map()
  using maps = openMaps(project, run.id)
  const frames = runFrames(project, run).slice(0, run.done)
  return new Map(
    frames.map((frame, position) => {
      let sum = 0
      const { data } = maps.at(position)
      for (const byte of data) sum += (4 * byte * (255 - byte)) / 255 ** 2
      return [frame, sum / data.length]
    }),
  )
}
