/** @file How tasks of Label Studio refer to their pictures, and where those may lie here. */
import { isFile, isPictureName, pathWithin } from '../picture-files.ts'
import type { Task } from './task.ts'

/** Eight hexadecimal digits and a hyphen, which Label Studio puts before the name of an upload. */
const uploadPrefix = /^[\da-f]{8}-(?=.)/i

/** `%20` and the like as characters; as it is where it is none. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Rules by what a reference looks like; the first that fits gives the picture's path. */
const rules: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [
    /\/local-files\/?\?(?:.*&)?d=([^&]*)/,
    ([, path = '']) => decoded(path.replaceAll('+', ' ')).replaceAll('\\', '/'),
  ],
  [/(?:^|\/)upload\/(?:\d+\/)?([^?#]+)$/, ([, name = '']) => decoded(lastPart(name))],
  [/^[a-z][\w+.-]*:\/\/[^/?#]*\/([^?#]*)/i, ([, path = '']) => decoded(lastPart(path))],
  [/^(.*)$/s, ([, path = '']) => path.replaceAll('\\', '/')],
]

/** The path that a reference ends with; a whole path only where it is one within a folder. */
function pathOf(reference: string): string {
  for (const [pattern, path] of rules) {
    const match = pattern.exec(reference)
    if (!match) continue
    const found = path(match)
    const isAbsolute = found.startsWith('/') || /^[a-z]:\//i.test(found)
    return isAbsolute ? lastPart(found) : found
  }
  return reference
}

/** The field of a task's data that refers to its picture; null where none does. */
export function referenceOf({ data, fileUpload }: Task): string | null {
  const texts = Object.values(data).filter((value) => typeof value === 'string')
  const named = ['image', 'img'].map((key) => data[key]).find((value) => typeof value === 'string')
  const likely = texts.find((text) => isPictureName(pathOf(text)) || /\/local-files\//.test(text))
  const reference = typeof named === 'string' ? named : likely
  if (reference !== undefined && isPictureName(pathOf(reference))) return reference
  return fileUpload ?? reference ?? null
}

/** How the set names the picture of a reference: without what Label Studio put before it. */
export function nameOf(reference: string): string {
  return pathOf(reference)
    .replace(/^images\//, '')
    .replace(uploadPrefix, '')
}

/** All ends of a path: `a/b/c`, `b/c`, `c`. */
function ends(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, i) => parts.slice(i).join('/'))
}

/**
 * The picture of a reference in a folder, or in `images` in it, by the longest end of its path that
 * leads to a file; null for none.
 *
 * @throws AppError `bad-dataset` for a path that leads out of the folder
 */
export async function findPicture(reference: string, folder: string): Promise<string | null> {
  const path = pathOf(reference)
  const paths = [...ends(path), ...ends(nameOf(reference))]
  for (const end of new Set(paths))
    for (const possible of [end, `images/${end}`]) {
      const file = pathWithin(folder, possible)
      if (await isFile(file)) return file
    }
  return null
}
