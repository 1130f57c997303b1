/** @file The networks that a project can use, and copies of them elsewhere. */
import { copyFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { readJson } from '../formats/json.ts'
import { builtInModel } from './built-in.ts'
import { descriptionFile, modelInFolder, networkFile } from './model-folder.ts'
import { type ModelDescription, modelDescriptionSchema, type StoredModel } from './types.ts'

/** Where a project keeps the network `id`. */
export function projectModelFolder(projectFolder: string, id: string): string {
  return join(projectFolder, 'models', id)
}

async function folderNames(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    return folders.map(({ name }) => name).sort()
  } catch (error) {
    const failure = toAppError(error, folder)
    if (failure.code === 'no-such-file') return []
    throw failure
  }
}

/** A folder of a project's networks: what it says of itself, or why that cannot be read. */
export interface FoundModel {
  id: string
  description: ModelDescription | null
  error: AppError | null
}

/** The folders of the project's own networks, without a look at their weights. */
export async function foundModels(projectFolder: string): Promise<FoundModel[]> {
  const names = await folderNames(join(projectFolder, 'models'))
  const read = names.map(async (id): Promise<FoundModel> => {
    const file = join(projectModelFolder(projectFolder, id), descriptionFile)
    try {
      return { id, description: await readJson(file, modelDescriptionSchema), error: null }
    } catch (error) {
      return { id, description: null, error: toAppError(error, file) }
    }
  })
  return Promise.all(read)
}

/** What the project's own networks say of themselves; those that are damaged are left out. */
export async function ownModels(projectFolder: string): Promise<ModelDescription[]> {
  const found = await foundModels(projectFolder)
  return found.flatMap(({ description }) => (description ? [description] : []))
}

/** A network's folder that cannot be used, and why. */
export interface BrokenModel {
  id: string
  error: AppError
}

export interface ModelList {
  models: StoredModel[]
  broken: BrokenModel[]
}

/**
 * The built-in network, converted into `cacheFolder` when it is first asked for, and the project's
 * own by id; those whose folders are damaged stand apart.
 */
export async function listModels(projectFolder: string, cacheFolder: string): Promise<ModelList> {
  const list: ModelList = { models: [await builtInModel(cacheFolder)], broken: [] }
  for (const id of await folderNames(join(projectFolder, 'models'))) {
    const folder = projectModelFolder(projectFolder, id)
    try {
      const model = await modelInFolder(folder, 'project')
      if (model) list.models.push(model)
    } catch (error) {
      list.broken.push({ id, error: toAppError(error, folder) })
    }
  }
  return list
}

/**
 * Writes a network as `file`, and its description beside it as `file` with `.json` appended, which
 * `models add --description` reads.
 */
export async function exportModel(model: StoredModel, file: string): Promise<void> {
  try {
    await copyFile(join(model.folder, networkFile), file)
    await writeFile(`${file}.json`, `${JSON.stringify(model.description, null, 2)}\n`)
  } catch (error) {
    throw toAppError(error, file)
  }
}
