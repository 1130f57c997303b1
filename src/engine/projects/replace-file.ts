import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Writes a file beside its place and renames it there: a reader sees the old content or the new
 * one, never half of it. Creates the folder where it is absent.
 */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.${randomUUID()}.partial`
  try {
    await writeFile(partial, content, { flush: true })
    await rename(partial, path)
  } finally {
    await rm(partial, { force: true })
  }
}
