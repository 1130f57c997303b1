/** @file The name of a project, which becomes the name of its folder. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'

export const projectSuffix = '.maskbench'

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file; quotes are fine elsewhere. */
const forbidden: Partial<Record<NodeJS.Platform, RegExp>> = {
  win32: /[<>:"/\\|?*]|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/iu,
}

/** Most file systems count bytes. */
const longestBytes = 255

function isControl(character: string): boolean {
  const code = character.codePointAt(0) ?? 0
  return code < 0x20 || code === 0x7f
}

/**
 * The name of the folder for a project.
 * @throws AppError `bad-value` for a name that no folder can have
 */
export function projectFolderName(
  name: string,
  platform: NodeJS.Platform = process.platform,
): string {
  const folder = `${name.trim().replace(/\.maskbench$/, '')}${projectSuffix}`
  const refuse = (why: string): never => {
    throw new AppError('bad-value', `a project cannot be called ${JSON.stringify(name)}: ${why}`)
  }
  if (/^[\s.]*$/.test(folder.slice(0, -projectSuffix.length))) refuse('it needs a name')
  if ((forbidden[platform] ?? /\//).test(folder) || [...folder].some(isControl))
    refuse('no file can have these characters')
  if (Buffer.byteLength(folder) > longestBytes) refuse('it is too long')
  return folder
}

/** A name of which `folder` has no project yet: `Sample`, `Sample 2`, … */
export function freeProjectName(folder: string, name: string): string {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} ${number}`
    if (!existsSync(join(folder, projectFolderName(candidate)))) return candidate
  }
}
