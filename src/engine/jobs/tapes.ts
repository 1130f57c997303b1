/** @file The tapes of a project: add one of the same camera, find one that has moved. */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseStartTime } from '../../shared/count/clock.ts'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { addSource, getSource, listSources, relinkSource, type Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import type { TapeIndex } from '../media/types.ts'
import { loggedJob } from './logged-job.ts'

/** Reads every frame of a tape once, in the compute process. */
export function indexTape(engine: Engine, path: string, work: LongWork): Promise<TapeIndex> {
  return engine.compute.run('indexTape', { path: resolve(path) }, work)
}

/** A camera has one picture size, and so have its tapes; regions and recipe depend on it. */
function checkSameCamera({ info }: TapeIndex, others: readonly Source[]): void {
  const [first] = others
  if (!first || (first.info.width === info.width && first.info.height === info.height)) return
  throw new AppError(
    'tape-size-differs',
    `${info.path} is ${info.width}x${info.height}, the project's tapes are ` +
      `${first.info.width}x${first.info.height}`,
    'Add tapes of the same camera; make another project for another camera with `create --like`.',
  )
}

/** A recipe that was there before its first tape, as one of another project, may not fit it. */
function checkFitsRecipe(project: Project, { info }: TapeIndex): void {
  const recipe = activeRecipe(project)?.recipe
  if (recipe) checkRecipe(recipe, { width: info.width, height: info.height })
}

/**
 * Adds a tape to the project, with its frame index.
 * @param startTime wall-clock time of its first frame
 * @throws AppError `tape-size-differs`, `bad-recipe` where it does not fit the recipe that is there,
 * `tape-exists`, and what reading a tape can throw
 */
export function addTape(
  engine: Engine,
  path: string,
  startTime: string | undefined,
  work: LongWork,
): Promise<Source> {
  const { project } = engine
  if (startTime !== undefined) parseStartTime(startTime)
  return loggedJob(project, 'import', { path, startTime }, work, async (inner) => {
    const index = await indexTape(engine, path, inner)
    checkSameCamera(index, listSources(project))
    checkFitsRecipe(project, index)
    return addSource(project, index, startTime ?? null)
  })
}

/**
 * Says where a tape of the project lies now.
 * @throws AppError `tape-changed` when the file is another one
 */
export async function relinkTape(
  engine: Engine,
  id: number,
  path: string,
  work: LongWork,
): Promise<Source> {
  const source = getSource(engine.project, id)
  const { sizeBytes, sha256 } = source
  const target = resolve(path)
  const same = await engine.compute.run('isSameTape', { path: target, sizeBytes, sha256 }, work)
  if (same) return relinkSource(engine.project, id, target)
  throw new AppError(
    'tape-changed',
    `${target} is another file than tape ${id}: its content differs`,
    `Name the file that was ${source.path}, or add this one with \`maskbench tape add\`.`,
  )
}

const whereHint = (id: number): string =>
  `Say where it is, on the screen Tape of the workbench or by \`maskbench tape relink PROJECT ${id} FILE\`.`

/**
 * Makes sure that a tape is where it was, with as many bytes as it had.
 * @throws AppError `tape-missing`, `tape-changed`
 */
export function requireTape(source: Source): void {
  const { id, path, kind, sizeBytes } = source
  if (!existsSync(path))
    throw new AppError('tape-missing', `tape ${id} is no longer at ${path}`, whereHint(id))
  if (kind === 'tape' && statSync(path).size !== sizeBytes)
    throw new AppError(
      'tape-changed',
      `${path} has ${statSync(path).size} bytes, tape ${id} had ${sizeBytes}: it is another file`,
      whereHint(id),
    )
}

/** Whether a tape is where it was, with as many bytes as it had. */
export function isThere(source: Source): boolean {
  try {
    requireTape(source)
    return true
  } catch {
    return false
  }
}
