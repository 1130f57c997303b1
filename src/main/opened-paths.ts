/** @file What to open of the words that the program was started with. */
import { existsSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'

export interface OpenedPath {
  kind: 'project' | 'tape'
  path: string
}

/** What a path is to us: a project's folder or its database, a file that may be a tape, or nothing. */
export function openedPath(path: string): OpenedPath | null {
  if (!existsSync(path)) return null
  if (statSync(path).isDirectory())
    return extname(path) === '.maskbench' ? { kind: 'project', path } : null
  if (basename(path) === 'project.db') return openedPath(dirname(path))
  return { kind: 'tape', path }
}

/** The words of a command line after the program's own, and the folder that they are relative to. */
export interface CommandLine {
  words: readonly string[]
  folder: string
}

/** `applicationPath`: the word after which ours begin, where Electron runs the program from a folder. */
export function commandLine(
  argv: readonly string[],
  folder: string,
  applicationPath: string | null,
): CommandLine {
  const isProgram = (word: string): boolean => resolve(folder, word) === applicationPath
  const own = applicationPath === null ? 0 : argv.findIndex(isProgram)
  return { words: own < 0 ? [] : argv.slice(own + 1), folder }
}

/** What to open of them; what begins with a dash is a switch of Chromium's. */
export function openedPaths({ words, folder }: CommandLine): OpenedPath[] {
  return words
    .filter((word) => !word.startsWith('-'))
    .map((word) => openedPath(resolve(folder, word)))
    .filter((opened) => opened !== null)
}
