/** @file What is looked at: a picture, a folder of pictures, or a tape. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import { naturally } from '../formats/list-files.ts'
import { isPictureName } from '../formats/picture-files.ts'

export type FoundInput =
  | { kind: 'picture' | 'folder'; paths: string[] }
  | { kind: 'tape'; path: string }

async function picturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .filter(isPictureName)
    .sort(naturally)
  if (names.length > 0) return names.map((name) => join(folder, name))
  throw new AppError(
    'bad-value',
    `${folder} has no pictures`,
    'Name a picture, a folder with pictures in it (not in folders below), or a tape.',
  )
}

/**
 * What lies at a path, by its name: pictures of a folder in natural order, those in folders below left
 * out. Whether they can be read shows later.
 * @throws AppError `no-such-file`, `bad-value` for a folder without pictures
 */
export async function findInput(path: string): Promise<FoundInput> {
  try {
    const entry = await stat(path)
    if (entry.isDirectory()) return { kind: 'folder', paths: await picturesIn(path) }
    return isPictureName(path) ? { kind: 'picture', paths: [path] } : { kind: 'tape', path }
  } catch (error) {
    throw toAppError(error, path)
  }
}
