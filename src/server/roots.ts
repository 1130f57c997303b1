import { homedir } from 'node:os'
import { dirname, parse, resolve } from 'node:path'

export interface RootWishes {
  /** Folders that the user has named. */
  named?: readonly string[]
  /** A project that is opened at the start. */
  project?: string | undefined
  /** The folder that the program was started in. */
  current: string
}

/**
 * The folders below which a page can open files. Where none is named: the user's home, in which tapes
 * and projects lie and which the user could read anyway, and the folder that the program was started
 * in, unless that is a whole disk. A project given at the start can always be opened, and its tapes
 * beside it.
 */
export function servedRoots({ named = [], project, current }: RootWishes): string[] {
  const started = parse(current).root === current ? [] : [current]
  const chosen = named.length > 0 ? named : [homedir(), ...started]
  const beside = project === undefined ? [] : [dirname(resolve(current, project))]
  return [...new Set([...chosen, ...beside].map((folder) => resolve(current, folder)))]
}
