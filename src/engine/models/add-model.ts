/** @file Adds a network of any origin to a project. */
import { AppError } from '../../shared/errors.ts'
import { builtInId } from './built-in.ts'
import { type ImportOptions, importNetwork } from './import-network.ts'
import { modelInFolder, writeModelFolder } from './model-folder.ts'
import { projectModelFolder } from './model-store.ts'
import type { ModelDescription, StoredModel } from './types.ts'

/** Descriptions must say which class a person is: it is what everything counts. */
function requirePerson(description: ModelDescription): void {
  const { classes, classMap } = description
  if (classes.some((name) => classMap[name] === 'person')) return
  throw new AppError(
    'unsupported-model',
    `none of the network's classes stands for a person: ${classes.slice(0, 10).join(', ')}`,
    'Give a description (--description FILE) with {"classMap": {"NAME": "person"}}.',
  )
}

/**
 * Adds a segmentation network to a project.
 * Throws what `importNetwork` throws, and `file-exists` when there is a network of that id.
 */
export async function addModel(
  projectFolder: string,
  file: string,
  options: ImportOptions = {},
): Promise<StoredModel> {
  const content = await importNetwork(file, options)
  const { description } = content
  requirePerson(description)
  const folder = projectModelFolder(projectFolder, description.id)
  if (description.id === builtInId || (await modelInFolder(folder, 'project')))
    throw new AppError(
      'file-exists',
      `there is a network '${description.id}' already`,
      'Give the new one another id in its description.',
    )
  return writeModelFolder(folder, 'project', content)
}
