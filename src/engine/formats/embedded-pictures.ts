/** @file Pictures that are within annotation files, as files for as long as they are needed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'

export interface EmbeddedPictures {
  /** Saves a picture and gives its path; the one before is removed. */
  save(name: string, bytes: Uint8Array): Promise<string>
}

/**
 * Runs a reader that saves embedded pictures. Each of them is there until the next one is saved, or
 * the reader ends.
 * @throws AppError `disk-full`, `read-only`
 */
export async function* withEmbeddedPictures<Item>(
  read: (pictures: EmbeddedPictures) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  let folder: string | null = null
  let last: string | null = null
  const save = async (name: string, bytes: Uint8Array): Promise<string> => {
    try {
      if (last !== null) await rm(last, { force: true })
      folder ??= await mkdtemp(join(tmpdir(), 'maskbench-pictures-'))
      last = join(folder, `picture${extname(name)}`)
      await writeFile(last, bytes)
      return last
    } catch (error) {
      throw toAppError(error, folder ?? tmpdir())
    }
  }
  try {
    yield* read({ save })
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true })
  }
}
