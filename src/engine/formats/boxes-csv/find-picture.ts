/** @file Which picture an `image_id` means. */
import { parse } from 'node:path/posix'

/**
 * Finds pictures by their path, with or without extension, or by their name alone where only one has
 * it.
 */
export function pictureFinder(files: readonly string[]): (id: string) => string | undefined {
  const exact = new Map<string, string>()
  const loose = new Map<string, string | null>()
  for (const file of files) {
    const { dir, base, name } = parse(file)
    exact.set(file, file)
    const keys = new Set([dir === '' ? name : `${dir}/${name}`, base, name])
    for (const key of keys) loose.set(key, loose.has(key) && loose.get(key) !== file ? null : file)
  }
  return (id) => {
    const path = id.replaceAll('\\', '/').replace(/^\.\//, '')
    return exact.get(path) ?? loose.get(path) ?? undefined
  }
}
