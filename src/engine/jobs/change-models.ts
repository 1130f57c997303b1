/** @file What a user does to the networks of a project: use one, call it something, throw it away. */
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { saveSettings } from '../db/settings.ts'
import type { Engine } from '../engine.ts'
import { builtInId } from '../models/built-in.ts'
import { descriptionFile } from '../models/model-folder.ts'
import { foundModels, projectModelFolder } from '../models/model-store.ts'
import type { ModelDescription } from '../models/types.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { activeModelId, findModel, modelById, requireModel } from './networks.ts'
import { geometryProblem } from './project-models.ts'

/**
 * Makes a network the one that looks at frames.
 * @throws AppError `no-such-model`, `other-geometry`, what is wrong with a damaged one
 */
export async function activateModel(engine: Engine, id: string): Promise<void> {
  const { description } = await modelById(engine, id)
  // A general network needs no recipe.
  if (description.geometryHash !== null) await requireModel(engine, { model: id })
  saveSettings(engine.project, { activeModel: id })
}

function refuseBuiltIn(id: string, what: string): void {
  if (id !== builtInId) return
  throw new AppError(
    'bad-value',
    `the built-in network belongs to all projects and cannot be ${what}`,
    'Choose another network.',
  )
}

/** @throws AppError `no-such-model`, `bad-value` for the built-in one or a name of spaces */
export async function renameModel(engine: Engine, id: string, given: string): Promise<void> {
  refuseBuiltIn(id, 'renamed')
  const { folder, description } = await modelById(engine, id)
  const name = given.trim()
  if (name === '') throw new AppError('bad-value', 'the name is empty', 'Give it a name.')
  const renamed: ModelDescription = { ...description, name }
  await replaceFile(join(folder, descriptionFile), `${JSON.stringify(renamed, null, 2)}\n`)
}

/** The nearest network, up the line that a network comes from, that can look at the project's frames. */
async function nextInLine(engine: Engine, parent: string | null): Promise<string> {
  if (parent === null || parent === builtInId) return builtInId
  const model = await findModel(engine, parent)
  if (!model) return builtInId
  if (!geometryProblem(engine.project, model.description)) return parent
  return nextInLine(engine, model.description.parent)
}

/**
 * Moves a network's folder into the trash; where it was the active one, what it was trained from takes
 * its place. One that is damaged goes as well.
 * @throws AppError `no-such-model`, `bad-value` for the built-in one, what `trash` throws
 */
export async function trashModel(
  engine: Engine,
  id: string,
  trash: (path: string) => Promise<void>,
): Promise<void> {
  const { project } = engine
  refuseBuiltIn(id, 'thrown away')
  const known = (await foundModels(project.dir)).find((each) => each.id === id)
  if (!known) {
    await modelById(engine, id)
    return
  }
  await trash(projectModelFolder(project.dir, id))
  if (activeModelId(engine) !== id) return
  const parent = known.description?.parent ?? null
  saveSettings(project, { activeModel: await nextInLine(engine, parent) })
}
