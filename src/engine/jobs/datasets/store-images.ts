/** @file Brings the images of a set into the project, some at a time. */
import { createHash, type Hash } from 'node:crypto'
import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { Project } from '../../db/handle.ts'
import { addImages, type NewImage, pictureOf } from '../../db/image-sets.ts'
import { maskHash } from '../../db/masks.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../../formats/annotated-set.ts'
import { isEmbeddedPicture } from '../../formats/embedded-pictures.ts'
import type { FormatName } from '../../formats/formats.ts'
import { maskOfImage } from '../../formats/shapes/compose.ts'
import { readAhead } from '../../read-ahead.ts'
import { SummaryCounter } from './summary.ts'
import { uniqueImages } from './unique-images.ts'

export interface Storing {
  set: AnnotatedSet
  format: FormatName
  /** Where its rows are. */
  source: number
  /** Index in the project of each class of the set. */
  indexOf: readonly number[]
  /** Where pictures are kept, relative to the project. */
  folder: string
  /** Whether all are kept in the project; otherwise they stay where they are, if they are files. */
  keepsPictures: boolean
}

/** Images are stored together until they are so many, or have so many pixels. */
const batch = { images: 100, pixels: 2 ** 25 }

/** Pictures that are read while one is stored. */
const ahead = 4

/** A mask in the project's classes. */
function inProject({ data, ...size }: ClassMask, indexOf: readonly number[]): ClassMask {
  const table = Uint8Array.from({ length: ignoreIndex + 1 }, (_, value) => indexOf[value] ?? 0)
  table[ignoreIndex] = ignoreIndex
  return { ...size, data: data.map((value) => table[value] ?? 0) }
}

async function digestOf(file: string): Promise<{ sizeBytes: number; sha256: string }> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw toAppError(error, file)
  })
  return { sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Adds what an image is to the hash of its set. */
function addToHash(hash: Hash, { name, sha256, split, scene, mask, objects }: NewImage): void {
  hash.update(JSON.stringify([name, sha256, split, scene, mask && maskHash(mask), objects.length]))
  for (const { raster, outline, ...object } of objects) {
    const { x, y, width, height } = raster
    hash.update(JSON.stringify([object, x, y, width, height])).update(raster.data)
  }
}

/** Where a picture lies from now on: its path in the project, or its own absolute one. */
async function placePicture(
  project: Project,
  { folder, keepsPictures }: Storing,
  file: string,
  position: number,
): Promise<string> {
  if (!keepsPictures && !isEmbeddedPicture(file)) return resolve(file)
  const name = `${String(position).padStart(6, '0')}${extname(file).toLowerCase()}`
  const target = join(project.dir, folder, name)
  try {
    await mkdir(dirname(target), { recursive: true })
    await copyFile(file, target)
  } catch (error) {
    throw toAppError(error, target)
  }
  return `${folder}/${name}`
}

/** An image of the set whose picture lies where it stays. */
interface Placed {
  image: AnnotatedImage
  position: number
  /** Relative to the project, or absolute; null where there is no picture. */
  path: string | null
}

/**
 * Places the pictures of a set, one after the other: those that are embedded in annotations are there
 * only until the next one is asked for.
 */
async function* placed(
  project: Project,
  storing: Storing,
  work: LongWork,
): AsyncGenerator<Placed | SetProblem> {
  let position = 0
  for await (const image of uniqueImages(storing.set, storing.format, work)) {
    if ('why' in image) yield image
    else {
      const { file } = image
      const path = file === null ? null : await placePicture(project, storing, file, position)
      yield { image, position, path }
      position++
    }
  }
}

async function newImage(
  project: Project,
  { indexOf }: Storing,
  { image, position, path }: Placed,
): Promise<NewImage> {
  const { name, width, height, split, scene, annotated, objects } = image
  const file = pictureOf(project, { path })
  const digest = file === null ? { sizeBytes: null, sha256: null } : await digestOf(file)
  return {
    ...{ position, name, path, width, height, ...digest, split, scene, annotated },
    objects: objects.map((each) => ({ ...each, classIndex: indexOf[each.classIndex] ?? 0 })),
    mask: annotated ? inProject(maskOfImage(image), indexOf) : null,
  }
}

/**
 * Stores every image of a set and gives what it was: counts by index in the project, size and hash.
 * An image whose name another one has is a problem.
 */
export async function storeImages(
  project: Project,
  storing: Storing,
  { signal, onProgress }: LongWork,
): Promise<{ counter: SummaryCounter; images: number; sizeBytes: number; sha256: string }> {
  const counter = new SummaryCounter()
  const hash = createHash('sha256')
  const progress = progressMeter('import', storing.set.count, 'images', onProgress)
  let waiting: NewImage[] = []
  let [seen, images, pixels, sizeBytes] = [0, 0, 0, 0]
  const flush = () => {
    addImages(project, storing.source, waiting)
    waiting = []
    pixels = 0
  }
  const prepare = async (item: Placed | SetProblem) =>
    'why' in item ? item : newImage(project, storing, item)
  for await (const stored of readAhead(placed(project, storing, { signal }), ahead, prepare)) {
    throwIfCancelled(signal, 'the import')
    progress(++seen)
    if ('why' in stored) counter.problems.push(stored)
    else {
      addToHash(hash, stored)
      images++
      counter.add(stored.mask)
      sizeBytes += stored.sizeBytes ?? 0
      pixels += stored.width * stored.height
      if (waiting.push(stored) >= batch.images || pixels >= batch.pixels) flush()
    }
  }
  flush()
  return { counter, images, sizeBytes, sha256: hash.digest('hex') }
}
