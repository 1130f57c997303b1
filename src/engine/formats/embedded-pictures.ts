/** @file Pictures that are within annotation files, as files for as long as they are needed. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'

const folderName = 'maskbench-pictures-'

/** Whether a picture is one of these, so that whoever needs it for longer copies it. */
export function isEmbeddedPicture(file: string): boolean {
  const folder = dirname(file)
  return dirname(folder) === tmpdir() && basename(folder).startsWith(folderName)
}

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
      folder ??= await mkdtemp(join(tmpdir(), folderName))
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
