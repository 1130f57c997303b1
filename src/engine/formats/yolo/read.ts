/** @file Reads sets of Ultralytics' YOLO: data.yaml, pictures in images/, a file of labels each in labels/. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { dirname } from 'node:path/posix'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { naturally } from '../list-files.ts'
import { isFile, pathWithin } from '../picture-files.ts'
import { pictureSize } from '../picture-size.ts'
import { readText } from '../text-file.ts'
import { type DataFile, readDataFile } from './data-file.ts'
import { type Listing, listPictures, type Picture } from './list-pictures.ts'
import { readLabels } from './read-labels.ts'

/**
 * Reads the set of a folder, or of its data.yaml.
 *
 * @throws AppError `bad-dataset`, `no-such-file`
 */
export async function readYolo(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const data = await readDataFile(path)
  const listing = await listPictures(data, options)
  return {
    classes: data.classes,
    count: listing.pictures.length,
    read: (work) => readPictures(data, listing, work),
  }
}

async function* readPictures(
  data: DataFile,
  { pictures, problems }: Listing,
  { signal }: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  yield* problems
  for (const picture of pictures) {
    throwIfCancelled(signal, 'reading the set')
    try {
      yield* readPicture(picture, data)
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== 'input') throw error
      yield { file: picture.name, why: error.message }
    }
  }
  yield* lonelyLabels(data, pictures)
}

async function* readPicture(
  { name, file, labels, split }: Picture,
  { root, indices }: DataFile,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const size = await pictureSize(file)
  const path = pathWithin(root, labels)
  const annotated = await isFile(path)
  const { objects, problems } = annotated
    ? readLabels(await readText(path), indices, size)
    : { objects: [], problems: [] }
  for (const why of problems) yield { file: labels, why }
  yield { name, file, ...size, split, scene: null, annotated, objects, mask: null }
}

/** Files of labels that are of no picture, in the folders where those of pictures are. */
async function* lonelyLabels(
  { root }: DataFile,
  pictures: readonly Picture[],
): AsyncGenerator<SetProblem> {
  const known = new Set(pictures.map(({ labels }) => labels))
  const folders = new Set([...known].map((labels) => dirname(labels)))
  for (const folder of folders) {
    if (!folder.split('/').includes('labels')) continue
    const names = await readdir(join(root, folder)).catch(() => [])
    for (const name of names.sort(naturally)) {
      const file = `${folder}/${name}`
      if (/\.txt$/i.test(name) && name !== 'classes.txt' && !known.has(file))
        yield { file, why: 'is of no picture that the set names' }
    }
  }
}
