/** @file The files below a folder, in an order that is the same everywhere. */
import type { Dirent } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'

const byNaturalOrder = new Intl.Collator('en', { numeric: true })

/** As people count: `2.png` before `10.png`; the second comparison parts `1.png` and `01.png`. */
export function naturally(a: string, b: string): number {
  return byNaturalOrder.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}

async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile()
  return stat(path).then(
    (target) => target.isFile(),
    () => false,
  )
}

/**
 * Paths of all files below `folder`, relative, with `/`, in natural order. Hidden files and folders
 * and links to folders are passed over.
 * @throws AppError `no-such-file`, `bad-value` when it is no folder
 */
export async function listFiles(
  folder: string,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<string[]> {
  const files: string[] = []
  const folders = ['']
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    throwIfCancelled(options.signal, 'listing files')
    try {
      for await (const entry of await opendir(join(folder, at))) {
        if (entry.name.startsWith('.')) continue
        const path = at === '' ? entry.name : `${at}/${entry.name}`
        if (entry.isDirectory()) folders.push(path)
        else if (await isFile(entry, join(folder, path))) files.push(path)
      }
    } catch (error) {
      throw toAppError(error, join(folder, at))
    }
  }
  return files.sort(naturally)
}
