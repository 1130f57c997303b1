/** @file A network's folder, `model.onnx` and `model.json`: read, and written as a whole. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { AppError, toAppError } from '../../shared/errors.ts'
import { readJson } from '../formats/json.ts'
import { type ModelDescription, modelDescriptionSchema, type StoredModel } from './types.ts'

export const networkFile = 'model.onnx'
export const descriptionFile = 'model.json'

/** SHA-256 of a file, in hexadecimal digits. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

/**
 * The network in `folder`, or null when there is no such folder.
 * Throws `bad-json`, `bad-value` for a broken description and `no-such-file` for a missing file.
 */
export async function modelInFolder(
  folder: string,
  origin: StoredModel['origin'],
): Promise<StoredModel | null> {
  if (!(await exists(folder))) return null
  const description = await readJson(join(folder, descriptionFile), modelDescriptionSchema)
  try {
    return { folder, description, sha256: await sha256Of(join(folder, networkFile)), origin }
  } catch (error) {
    throw toAppError(error, join(folder, networkFile))
  }
}

export interface ModelContent {
  description: ModelDescription
  /** The bytes of model.onnx. */
  network: Uint8Array
  /** Further files of the folder by name, each copied from a path. */
  files?: Readonly<Record<string, string>>
}

/** Makes a folder and those above it, with the true error where that is not possible. */
async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true })
  } catch (error) {
    // A read-only disk is ENOENT here; the folder that could not be made, asked for alone, says EROFS.
    if (error instanceof Error && 'path' in error) await mkdir(String(error.path))
    throw error
  }
}

async function fill(folder: string, content: ModelContent): Promise<void> {
  const { description, network, files = {} } = content
  await makeFolder(folder)
  await writeFile(join(folder, networkFile), network, { flush: true })
  const text = `${JSON.stringify(description, null, 2)}\n`
  await writeFile(join(folder, descriptionFile), text, { flush: true })
  for (const [name, path] of Object.entries(files)) await copyFile(path, join(folder, name))
}

/**
 * Writes a network's folder beside its place and renames it there as a whole. When another process
 * was faster, its folder stays. Throws `disk-full`, `read-only` and the like, leaving nothing.
 */
export async function writeModelFolder(
  folder: string,
  origin: StoredModel['origin'],
  content: ModelContent,
): Promise<StoredModel> {
  const beside = join(dirname(folder), `.${randomUUID()}.partial`)
  try {
    await fill(beside, content)
    await rename(beside, folder)
  } catch (error) {
    if (!(await exists(folder))) throw toAppError(error, folder)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
  const stored = await modelInFolder(folder, origin)
  if (stored) return stored
  throw new AppError('internal', `${folder} vanished while it was written`)
}
