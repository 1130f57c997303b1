/** @file The networks that a project can use: the built-in one, and its own. */
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { loadSettings } from '../db/settings.ts'
import type { Engine } from '../engine.ts'
import { builtInId, builtInModel } from '../models/built-in.ts'
import { listModels, type ModelList } from '../models/model-store.ts'
import type { StoredModel } from '../models/types.ts'
import { requireRecipe } from './project-recipe.ts'

/** Converted networks that all projects of the user share. */
function cacheOf({ dataFolder }: Engine): string {
  return join(dataFolder, 'models')
}

/** The project's own networks and the built-in one, which is converted when it is first asked for. */
export function listProjectModels(engine: Engine): Promise<ModelList> {
  return listModels(engine.project.dir, cacheOf(engine))
}

/** The id of the network that is used unless another one is named. */
export function activeModelId(engine: Engine): string {
  return loadSettings(engine.project).activeModel ?? builtInId
}

/** The network with this id; undefined where the project no longer has it, or has it damaged. */
export async function findModel(engine: Engine, id: string): Promise<StoredModel | undefined> {
  if (id === builtInId) return builtInModel(cacheOf(engine))
  const { models } = await listProjectModels(engine)
  return models.find(({ description }) => description.id === id)
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
  const known = models.map(({ description }) => description.id)
  throw new AppError(
    'no-such-model',
    `the project has no network ${JSON.stringify(id)}`,
    `It has ${known.join(', ')}.`,
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
