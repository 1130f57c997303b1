/** @file Pictures of a set as files: which names are pictures, where they lie, how they are copied. */
import { copyFile, mkdir, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'

const pictureEndings = /\.(jpe?g|jpe|jfif|png|webp|tiff?|gif|bmp)$/i

/** Whether a file's name ends like that of a picture. */
export function isPictureName(name: string): boolean {
  return pictureEndings.test(name)
}

/** Whether a path lies in a folder, or is it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(resolve(folder), resolve(path))
  return way === '' || !(way === '..' || /^\.\.[/\\]/.test(way) || isAbsolute(way))
}

/**
 * `folder`/`name`, where `name` is a relative path that a dataset gives.
 * @throws AppError `bad-dataset` when it leads out of the folder
 */
export function pathWithin(folder: string, name: string): string {
  const path = join(folder, name)
  if (isWithin(folder, path) && !isAbsolute(name) && !name.includes('\0')) return path
  throw new AppError(
    'bad-dataset',
    `${JSON.stringify(name)} leads out of the folder of the set`,
    'Name the picture by its path within the set.',
  )
}

/** Whether there is a file of this path. Never throws. */
export async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}

/**
 * Copies a picture to `folder`/`name`; folders on the way are made.
 * @throws AppError `bad-dataset` as `pathWithin`, `no-such-file`, `disk-full`, `read-only`
 */
export async function copyPicture(file: string, folder: string, name: string): Promise<void> {
  const target = pathWithin(folder, name)
  try {
    await mkdir(dirname(target), { recursive: true })
    await copyFile(file, target)
  } catch (error) {
    throw toAppError(error, target)
  }
}
