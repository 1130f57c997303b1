/** @file `create`: a project around a tape, with a recipe, and what another project has learnt. */
import { rmSync } from 'node:fs'
import type { LongWork } from '../../shared/progress.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { createProject, openProject } from '../db/project.ts'
import { activeRecipe, putRecipe } from '../db/recipes.ts'
import type { Source } from '../db/sources.ts'
import { type Engine, type EngineOptions, engineFor } from '../engine.ts'
import { inherit } from './inherit.ts'
import { chooseRecipe, type RecipeWords } from './recipe-choice.ts'
import { addTape } from './tapes.ts'

export interface CreateOptions {
  tapes: readonly string[]
  /** Folder of a project to take recipe, regions, classes, thresholds and active network from. */
  like?: string | undefined
  recipe: RecipeWords
  /** Wall-clock time of the first frame of the first tape. */
  startTime?: string | undefined
}

/** Proposes lens and view from pictures of the tape. */
function findLensIn(engine: Engine, source: Source, work: LongWork) {
  const index = loadFrameIndex(engine.project, source)
  return engine.compute.run('findLens', { index }, work)
}

async function fill(engine: Engine, options: CreateOptions, work: LongWork): Promise<void> {
  const { project } = engine
  const like = options.like === undefined ? null : openProject(options.like, { mode: 'read' })
  try {
    const [first, ...others] = options.tapes
    if (first === undefined) return
    const source = await addTape(engine, first, options.startTime, work)
    const recipe = await chooseRecipe(
      options.recipe,
      { width: source.info.width, height: source.info.height },
      () => findLensIn(engine, source, work),
      like ? activeRecipe(like)?.recipe : undefined,
    )
    if (like) await inherit(like, project)
    putRecipe(project, recipe)
    for (const tape of others) await addTape(engine, tape, undefined, work)
  } finally {
    like?.close()
  }
}

/**
 * Makes a project and opens it for writing. When anything fails no folder is left behind.
 * @throws AppError `project-exists`, `bad-recipe`, and what reading a tape can throw
 */
export async function createFromTape(
  dir: string,
  options: CreateOptions,
  work: LongWork,
  engineOptions?: EngineOptions,
): Promise<Engine> {
  const engine = engineFor(createProject(dir), engineOptions)
  try {
    await fill(engine, options, work)
    return engine
  } catch (error) {
    await engine.close()
    rmSync(dir, { recursive: true, force: true })
    throw error
  }
}
