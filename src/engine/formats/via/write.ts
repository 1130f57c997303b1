/** @file Writes sets for the VGG Image Annotator: the pictures, and beside them a file with all regions. */
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture } from '../picture-files.ts'
import { type Version, type WrittenPicture, writtenPicture } from './written.ts'

type Listed = Pick<WrittenPicture, 'name' | 'bytes'>

interface Target extends WriteOptions {
  folder: string
  file: FileHandle
  version: Version
}

/** Writes every picture; returns them and the number of files. */
async function writePictures(
  set: AnnotatedSet,
  { folder, file, version, pictures }: Target,
  work: LongWork,
): Promise<{ listed: Listed[]; files: number }> {
  const names = set.classes.map(({ name }) => name)
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const listed: Listed[] = []
  let [files, entries] = [0, 0]
  await file.write(version.begin(names))
  for await (const image of set.read(work)) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    if (pictures === 'copy' && image.file !== null) {
      await copyPicture(image.file, folder, image.name)
      files++
    }
    const picture = await writtenPicture(image)
    for (const entry of version.entries(picture, listed.length, names))
      await file.write(entries++ === 0 ? entry : version.between + entry)
    listed.push({ name: picture.name, bytes: picture.bytes })
    progress(listed.length)
  }
  await file.write(version.end(listed, names))
  return { listed, files }
}

/** A writer of sets for one version of VIA. */
export function viaWriter(version: Version) {
  return async (
    set: AnnotatedSet,
    folder: string,
    options: WriteOptions,
    work: LongWork,
  ): Promise<Written> => {
    const path = join(folder, version.file)
    try {
      await using file = await open(path, 'w')
      const { listed, files } = await writePictures(
        set,
        { folder, file, version, ...options },
        work,
      )
      return { images: listed.length, files: files + 1 }
    } catch (error) {
      throw toAppError(error, path)
    }
  }
}
