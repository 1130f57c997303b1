/** @file The networks that a project can use, and copies of them elsewhere. */
import { copyFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'
import { builtInModel } from './built-in.ts'
import { modelInFolder, networkFile } from './model-folder.ts'
import type { StoredModel } from './types.ts'

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

/**
 * The built-in network, converted into `cacheFolder` when it is first asked for, and the project's
 * own by id. Throws what `modelInFolder` throws for a folder that is broken.
 */
export async function listModels(
  projectFolder: string,
  cacheFolder: string,
): Promise<StoredModel[]> {
  const ids = await folderNames(join(projectFolder, 'models'))
  const own = await Promise.all(
    ids.map((id) => modelInFolder(projectModelFolder(projectFolder, id), 'project')),
  )
  return [await builtInModel(cacheFolder), ...own.filter((model) => model !== null)]
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
