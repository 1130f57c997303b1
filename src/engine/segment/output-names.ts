/** @file Names of the files that are written, none of which is another's, or that of what is looked at. */
import { realpathSync } from 'node:fs'
import { basename, dirname, extname, join, parse, resolve } from 'node:path'
import { AppError } from '../../shared/errors.ts'

/** Files that every result has, so that no picture may have their names. */
export const legendName = 'legend.svg'
export const resultName = 'segment.json'

const reserved = [parse(legendName).name, parse(resultName).name]

/** One folder however it is reached; large and small letters are one on some disks. */
function placeOf(path: string): string {
  const folder = dirname(resolve(path))
  const name = basename(path).toLowerCase()
  try {
    return join(realpathSync(folder), name)
  } catch {
    // What is not there yet is reached in no other way.
    return join(folder, name)
  }
}

/**
 * For each file its name with another extension; those that would share one keep their own before it:
 * `a.jpg.png` and `a.png.png`.
 */
export function outputNames(paths: readonly string[], extension: string): string[] {
  const stems = paths.map((path) => basename(path, extname(path)).toLowerCase())
  const counts = new Map(reserved.map((stem) => [stem, 1]))
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1)
  return paths.map((path, i) => {
    const isShared = (counts.get(stems[i] ?? '') ?? 0) > 1
    return `${isShared ? basename(path) : basename(path, extname(path))}${extension}`
  })
}

/** Throws `bad-value` where a result would take the place of what is looked at. */
export function requireApart(inputs: readonly string[], targets: readonly string[]): void {
  const places = new Set(inputs.map(placeOf))
  const same = targets.find((target) => places.has(placeOf(target)))
  if (same === undefined) return
  throw new AppError(
    'bad-value',
    `${same} would be replaced by what is seen in it`,
    'Choose another folder with --out.',
  )
}
