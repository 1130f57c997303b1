/** @file Names of folders that say which part of a set is in them. */

const splits: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
}

/** `train`, `val` or `test`, where a folder's name says so. */
export function splitOfFolder(name: string): string | null {
  const key = name.toLowerCase()
  return Object.hasOwn(splits, key) ? (splits[key] ?? null) : null
}

/** The part that the folders of a path name, the innermost first; null where none does. */
export function splitOfPath(path: string): string | null {
  const folders = path.split('/').slice(0, -1).reverse()
  return folders.map(splitOfFolder).find((split) => split !== null) ?? null
}
