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
  /** Saves a picture and gives its path. */
  save(name: string, bytes: Uint8Array): Promise<string>
}

/** A picture is there until so many others were saved: readers work on some ahead. */
const kept = 16

/**
 * Runs a reader that saves embedded pictures. Whoever takes what it gives has to be done with a picture
 * before taking the next one: it goes some pictures later, and when the reader ends.
 * @throws AppError `disk-full`, `read-only`
 */
export async function* withEmbeddedPictures<Item>(
  read: (pictures: EmbeddedPictures) => AsyncIterable<Item>,
): AsyncGenerator<Item> {
  let folder: string | null = null
  const saved: string[] = []
  let count = 0
  const save = async (name: string, bytes: Uint8Array): Promise<string> => {
    try {
      const oldest = saved.length >= kept ? saved.shift() : undefined
      if (oldest !== undefined) await rm(oldest, { force: true })
      folder ??= await mkdtemp(join(tmpdir(), folderName))
      const file = join(folder, `${count++}${extname(name)}`)
      saved.push(file)
      await writeFile(file, bytes)
      return file
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
