/** @file The folders that a page may reach: all of them in the desktop app, some in `serve`. */
import { realpathSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'

/** The path without links; what is not there yet lies in the nearest folder that is. */
function realPath(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    const parent = dirname(path)
    if (toAppError(error).code !== 'no-such-file' || parent === path) throw toAppError(error, path)
    return join(realPath(parent), basename(path))
  }
}

/** Whether a path is a folder or lies below it; both absolute, links are not followed. */
export function isBelow(path: string, root: string): boolean {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path)
}

export class Roots {
  /** Null = anywhere. */
  readonly folders: readonly string[] | null
  readonly #real: readonly string[]

  constructor(folders?: readonly string[]) {
    this.folders = folders ? folders.map((folder) => resolve(folder)) : null
    this.#real = (this.folders ?? []).map(realPath)
  }

  /** Whether a path, links followed, lies in or below one of the folders. */
  allows(path: string): boolean {
    if (!this.folders) return true
    const real = realPath(resolve(path))
    return this.#real.some((root) => isBelow(real, root))
  }

  /**
   * The absolute path, where the page may reach it. Every path that a page gives goes through here.
   * @throws AppError `outside-roots`
   */
  require(path: string): string {
    if (this.allows(path)) return resolve(path)
    throw new AppError(
      'outside-roots',
      `${path} lies outside the folders that this workbench may open`,
      `It may open ${this.folders?.join(', ')}. Start it with --root to open another one.`,
    )
  }
}
