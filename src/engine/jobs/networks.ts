/** @file The networks that a project can use: the built-in one, and its own. */
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { loadSettings } from '../db/settings.ts'
import type { Engine } from '../engine.ts'
import { builtInId, builtInModel } from '../models/built-in.ts'
import { modelInFolder } from '../models/model-folder.ts'
import { listModels, type ModelList, projectModelFolder } from '../models/model-store.ts'
import { modelIdSchema, type StoredModel } from '../models/types.ts'
import { requireRecipe } from './project-recipe.ts'

/** Converted networks that all projects of the user share. */
function cacheOf({ dataFolder }: Engine): string {
  return join(dataFolder, 'models')
}

/** The project's own networks and the built-in one, which is converted when it is first asked for. */
export function listProjectModels(engine: Engine): Promise<ModelList> {
  return listModels(engine.project.dir, cacheOf(engine))
}

/** The network that every project has; it is converted when it is first asked for. */
export function builtInNetwork(engine: Engine): Promise<StoredModel> {
  return builtInModel(cacheOf(engine))
}

/** The id of the network that is used unless another one is named. */
export function activeModelId(engine: Engine): string {
  return loadSettings(engine.project).activeModel ?? builtInId
}

/** The network with this id; undefined where the project no longer has it, or has it damaged. */
export async function findModel(engine: Engine, id: string): Promise<StoredModel | undefined> {
  if (id === builtInId) return builtInNetwork(engine)
  // An id names a folder, and none that lies elsewhere.
  if (!modelIdSchema.safeParse(id).success) return undefined
  const found = await modelInFolder(projectModelFolder(engine.project.dir, id), 'project').catch(
    () => null,
  )
  return found ?? undefined
}

/** What is said of the active network where its folder is gone. */
export function missingActive(id: string): string {
  return `the network in use, ${JSON.stringify(id)}, is no longer in the project's folder`
}

/**
 * The network with this id, whatever it was trained with.
 * @throws AppError `no-such-model`, listing those that there are; what is wrong with a damaged one
 */
export async function modelById(engine: Engine, id: string): Promise<StoredModel> {
  const model = await findModel(engine, id)
  if (model) return model
  const { models, broken } = await listProjectModels(engine)
  const damaged = broken.find((entry) => entry.id === id)
  if (damaged) throw damaged.error
  const known = models.map(({ description }) => description.id).join(', ')
  const isActive = id === activeModelId(engine)
  throw new AppError(
    'no-such-model',
    isActive ? missingActive(id) : `the project has no network ${JSON.stringify(id)}`,
    isActive
      ? `Choose another network on the screen Train, or put its folder back. There are ${known}.`
      : `It has ${known}.`,
  )
}

export interface ModelChoice {
  model?: string | undefined
  allowOtherGeometry?: boolean | undefined
}

/**
 * The network asked for, or the active one.
 * @throws AppError `no-such-model`; `other-geometry` when it was trained with another recipe
 */
export async function requireModel(engine: Engine, choice: ModelChoice): Promise<StoredModel> {
  const id = choice.model ?? activeModelId(engine)
  const model = await modelById(engine, id)
  const trainedWith = model.description.geometryHash
  const { geometryHash } = requireRecipe(engine.project)
  if (trainedWith !== null && trainedWith !== geometryHash && !choice.allowOtherGeometry)
    throw new AppError(
      'other-geometry',
      `the network ${id} was trained with another recipe than the project has now`,
      'Use a general network, or say --allow-other-geometry if you know that it fits.',
    )
  return model
}
