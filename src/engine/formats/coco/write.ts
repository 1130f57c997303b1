/**
 * @file Writes COCO's instance annotations, a file for each part of the set, as CVAT names them:
 * `annotations/instances_train.json`, pictures in `images/train/`. Everything of a picture is written as
 * it comes; the list of pictures and the categories stand at the end of the file.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { backgroundIndex } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture } from '../picture-files.ts'
import { objectsOfImage } from '../shapes/compose.ts'
import { categoryOf } from './categories.ts'
import { annotationOf } from './write-object.ts'

/** The file of one part of the set. */
interface Part {
  file: FileHandle
  images: string[]
  hasAnnotations: boolean
  /** What is still to be written: many pictures at once are quicker. */
  waiting: string
}

const waitingCharacters = 2 ** 20

/** What goes on through all parts. */
interface Writing {
  set: AnnotatedSet
  folder: string
  parts: Map<string, Part>
  images: number
  annotations: number
  /** Whether something is drawn with the background's class: it is a category only then. */
  usesBackground: boolean
}

const head = '{"info":{"description":"Maskbench"},"licenses":[],"annotations":['

/**
 * Writes a set as COCO. Things are polygons where those give their very pixels, otherwise compressed
 * run lengths; `area` and `bbox` are of the pixels, as pycocotools computes them.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeCoco(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const parts = new Map<string, Part>()
  const writing = { set, folder, parts, images: 0, annotations: 0, usesBackground: false }
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  let copied = 0
  try {
    await mkdir(join(folder, 'annotations'), { recursive: true })
    for await (const image of set.read(work)) {
      throwIfCancelled(work.signal, 'exporting the set')
      if ('why' in image) continue
      await writeImage(image, writing)
      progress(writing.images)
      if (pictures === 'none' || image.file === null) continue
      await copyPicture(image.file, join(folder, 'images', partName(image)), image.name)
      copied++
    }
    if (parts.size === 0) await partOf('default', writing)
    for (const part of parts.values()) await finish(part, writing)
    return { images: writing.images, files: parts.size + copied }
  } catch (error) {
    throw toAppError(error, folder)
  } finally {
    for (const { file } of parts.values()) await file.close()
  }
}

/** A name for the file of a split, which may have characters that no file's name has. */
function partName({ split }: Pick<AnnotatedImage, 'split'>): string {
  return split === null || /^\.*$/.test(split) ? 'default' : encodeURIComponent(split)
}

async function partOf(name: string, { folder, parts }: Writing): Promise<Part> {
  const known = parts.get(name)
  if (known) return known
  const file = await open(join(folder, 'annotations', `instances_${name}.json`), 'wx')
  const part = { file, images: [], hasAnnotations: false, waiting: head }
  parts.set(name, part)
  return part
}

async function writeImage(image: AnnotatedImage, writing: Writing): Promise<void> {
  const part = await partOf(partName(image), writing)
  const { name, width, height } = image
  const id = ++writing.images
  part.images.push(JSON.stringify({ id, file_name: name, width, height }))
  for (const object of objectsOfImage(image)) {
    if (object.classIndex === backgroundIndex) writing.usesBackground = true
    const ids = {
      id: ++writing.annotations,
      image_id: id,
      category_id: categoryId(object.classIndex, writing.set),
    }
    const annotation = JSON.stringify({ ...ids, ...annotationOf(object, image) })
    part.waiting += `${part.hasAnnotations ? ',' : ''}\n${annotation}`
    part.hasAnnotations = true
  }
  if (part.waiting.length < waitingCharacters) return
  await part.file.appendFile(part.waiting)
  part.waiting = ''
}

/** Positions of classes; the background, where it is one, comes after all others, for ids begin at 1. */
function categoryId(classIndex: number, { classes }: AnnotatedSet): number {
  return classIndex === backgroundIndex ? classes.length : classIndex
}

async function finish({ file, images, waiting }: Part, writing: Writing): Promise<void> {
  const { set, usesBackground } = writing
  const categories = set.classes
    .map((each, index) => categoryOf(each, categoryId(index, set)))
    .slice(usesBackground ? 0 : 1)
    .map((category) => JSON.stringify(category))
  const lists = `"images":[\n${images.join(',\n')}\n],"categories":[\n${categories.join(',\n')}\n]`
  await file.appendFile(`${waiting}\n],${lists}}\n`)
}
