/** @file Everything small about a project, as its pages show it. */
import { basename } from 'node:path'
import type { ProjectState, RegionState, Tape } from '../../shared/contract/state.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { listClasses } from '../db/classes.ts'
import { secondsToLastFrame } from '../db/frame-indexes.ts'
import { listFrameStates } from '../db/frame-states.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { loadSettings } from '../db/settings.ts'
import { listSources, type Source } from '../db/sources.ts'
import { projectRule } from '../jobs/count-project.ts'
import { missingActive } from '../jobs/networks.ts'
import { geometryProblem } from '../jobs/project-models.ts'
import { regionsInRecipe } from '../jobs/project-recipe.ts'
import { requireTape } from '../jobs/tapes.ts'
import { builtInDescription, builtInId } from '../models/built-in.ts'
import { ownModels } from '../models/model-store.ts'
import type { OpenProject } from './open-project.ts'

/** Why a tape cannot be read now; null where it can. */
function obstacleOf(source: Source): AppError | null {
  try {
    requireTape(source)
    return null
  } catch (error) {
    return toAppError(error, source.path)
  }
}

function tapeState(project: Project, source: Source): Tape {
  const { id, path, frames, info, startTime } = source
  const toLast = secondsToLastFrame(project, source)
  // The last frame is shown for as long as the others are on the average.
  const each = frames > 1 && toLast > 0 ? toLast / (frames - 1) : 1 / (info.framesPerSecond || 1)
  const obstacle = obstacleOf(source)
  return {
    ...{
      id,
      path,
      frames,
      startTime,
      name: basename(path),
      width: info.width,
      height: info.height,
    },
    ...{ frameRate: 1 / each, seconds: frames * each },
    problem: obstacle?.message ?? source.problem,
    missing: obstacle?.code === 'tape-missing',
  }
}

export function regionStates(project: Project): RegionState[] {
  return regionsInRecipe(project).map(
    ({ id, name, kind, group, colour, threshold, points, locked }, position) => ({
      ...{ id, name, kind, group, colour, threshold, points, locked, position },
    }),
  )
}

async function activeModel(project: Project): Promise<ProjectState['model']> {
  const id = loadSettings(project).activeModel ?? builtInId
  if (id === builtInId) return { id, name: builtInDescription.name, problem: null }
  const model = (await ownModels(project.dir)).find((own) => own.id === id)
  if (!model) return { id, name: id, problem: missingActive(id) }
  return { id, name: model.name, problem: geometryProblem(project, model) }
}

export async function projectState({ path, name, engine }: OpenProject): Promise<ProjectState> {
  const { project } = engine
  const model = await activeModel(project)
  const recipe = activeRecipe(project) ?? null
  const rule = recipe && projectRule(project, recipe.recipe.size)
  return {
    ...{ path, name, recipe, model },
    tapes: listSources(project).map((source) => tapeState(project, source)),
    regions: recipe ? regionStates(project) : [],
    classes: listClasses(project),
    frames: listFrameStates(project),
    rule: rule && { threshold: rule.threshold, cut: rule.cut },
  }
}
