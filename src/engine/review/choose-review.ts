/** @file Which run of a tape is reviewed. */
import { AppError } from '../../shared/errors.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { getRun, listRuns, type Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { builtInId } from '../models/built-in.ts'

/**
 * A run of the tape.
 * @throws AppError `no-such-run`, also for a run of another tape
 */
export function runOfTape(project: Project, tape: number, id: number): Run {
  const run = getRun(project, id)
  if (run.source === tape) return run
  throw new AppError(
    'no-such-run',
    `run ${id} is of tape ${run.source}, one of tape ${tape} was expected`,
    'Choose a run of this tape.',
  )
}

/**
 * The run asked for, or the latest of the tape that has frames and the recipe in use; of the active
 * network where it has one. Null where there is none.
 * @throws AppError `no-such-run`
 */
export function runToReview(project: Project, tape: number, wanted?: number): Run | null {
  if (wanted !== undefined) return runOfTape(project, tape, wanted)
  const geometryHash = activeRecipe(project)?.geometryHash
  const network = loadSettings(project).activeModel ?? builtInId
  const runs = listRuns(project).filter(
    (run) => run.source === tape && run.done > 0 && run.geometryHash === geometryHash,
  )
  return runs.find(({ modelId }) => modelId === network) ?? runs[0] ?? null
}
