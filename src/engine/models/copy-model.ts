import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { builtInId } from './built-in.ts'
import { modelInFolder, networkFile, writeModelFolder } from './model-folder.ts'
import { projectModelFolder } from './model-store.ts'

/**
 * Copies a network from one project to another. The built-in one belongs to all of them.
 * Throws `no-such-model` when the first project has none with this id.
 */
export async function copyModel(from: string, to: string, id: string): Promise<void> {
  if (id === builtInId) return
  const model = await modelInFolder(projectModelFolder(from, id), 'project')
  if (!model) throw new AppError('no-such-model', `${from} has no network '${id}'`)
  await writeModelFolder(projectModelFolder(to, id), 'project', {
    description: model.description,
    network: await readFile(join(model.folder, networkFile)),
  })
}
