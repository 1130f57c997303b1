/** @file Reads COCO's instance annotations: one JSON file, or a folder with one for each part of the set. */
import { basename } from 'node:path'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetObject, SetProblem } from '../annotated-set.ts'
import { issuesOf, readDatasetJson } from '../dataset-json.ts'
import type { ReadOptions } from '../format.ts'
import { type AnnotationFile, annotationFiles } from './annotation-files.ts'
import { ClassTable } from './categories.ts'
import { pictureFinder } from './find-pictures.ts'
import { sizeOfImage } from './image-size.ts'
import { readObject } from './read-object.ts'
import { fileSchema, type Id, type Image, imageSchema, ownerSchema } from './schema.ts'

/** A file of annotations, read, with what belongs to which picture. */
interface CocoFile extends AnnotationFile {
  images: readonly unknown[]
  annotations: ReadonlyMap<Id, readonly unknown[]>
  /** Annotations that are of no picture at all. */
  astray: number
  classIndices: ReadonlyMap<Id, number>
}

/**
 * Reads the set of a file or folder. Annotations are kept as they are in the file; their pixels are
 * drawn picture by picture.
 *
 * @throws AppError `bad-dataset`, `no-such-file`
 */
export async function readCoco(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const table = new ClassTable()
  const files: CocoFile[] = []
  for (const file of await annotationFiles(path)) {
    throwIfCancelled(options.signal, 'reading the set')
    files.push(await readFile(file, table))
  }
  return {
    classes: table.classes,
    count: files.reduce((sum, { images }) => sum + images.length, 0),
    read: (work) => readImages(files, options, work),
  }
}

async function readFile(file: AnnotationFile, table: ClassTable): Promise<CocoFile> {
  const { images, annotations, categories } = await readDatasetJson(file.path, fileSchema)
  refusePanoptic(annotations, file.path)
  const owned = new Map<Id, unknown[]>()
  let astray = 0
  for (const annotation of annotations) {
    const owner = ownerSchema.safeParse(annotation).data?.image_id
    if (owner === undefined) astray++
    else if (!owned.get(owner)?.push(annotation)) owned.set(owner, [annotation])
  }
  const classIndices = table.add(categories, file.path)
  return { ...file, images, annotations: owned, astray, classIndices }
}

/** Panoptic files look alike, but what they mark is in pictures beside them. */
function refusePanoptic([first]: readonly unknown[], path: string): void {
  if (typeof first !== 'object' || first === null || !('segments_info' in first)) return
  throw new AppError(
    'bad-dataset',
    `${path} is a panoptic file, whose masks are PNG files beside it`,
    'Name the file with the instances, or convert it with panopticapi.',
  )
}

async function* readImages(
  files: readonly CocoFile[],
  { images }: ReadOptions,
  { signal }: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const names = new Set<string>()
  for (const file of files) {
    const reading = { file, names, ids: new Set<Id>(), findPicture: pictureFinder(file, images) }
    for (const [i, entry] of file.images.entries()) {
      throwIfCancelled(signal, 'reading the set')
      yield* readEntry(entry, `${basename(file.path)}: images[${i}]`, reading)
    }
    yield* strayAnnotations(file, reading.ids)
  }
}

/** A picture, or what is wrong with it; `place` is what it is called until its name is known. */
async function* readEntry(
  entry: unknown,
  place: string,
  reading: Reading,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const { data: image, error } = imageSchema.safeParse(entry)
  if (!image) return yield { file: place, why: issuesOf(error) }
  const { id, file_name: file } = image
  if (reading.ids.has(id)) return yield { file, why: `has the id ${id} of another picture` }
  reading.ids.add(id)
  try {
    yield* readImage(image, reading)
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'input') throw error
    yield { file, why: error.message }
  }
}

interface Reading {
  file: CocoFile
  /** Names that pictures of the set have already. */
  names: Set<string>
  /** Numbers that pictures of the file have already. */
  ids: Set<Id>
  findPicture(name: string): Promise<string | null>
}

async function* readImage(
  image: Image,
  { file, names, findPicture }: Reading,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const relative = image.file_name.replaceAll('\\', '/').replace(/^(\.\/)+/, '')
  const picture = await findPicture(relative)
  const { width, height } = await sizeOfImage(image, picture)
  const name = uniqueName(relative, file, names)
  const objects: SetObject[] = []
  for (const annotation of file.annotations.get(image.id) ?? [])
    try {
      objects.push(readObject(annotation, file.classIndices, { width, height }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      yield { file: name, why: `${annotationName(annotation)}: ${error.message}` }
    }
  yield {
    ...{ name, file: picture, width, height, split: file.split, scene: null },
    ...{ annotated: true, objects, mask: null },
  }
}

/** The parts of a set may have pictures of one name; within a part that is a mistake. */
function uniqueName(relative: string, { split, part }: CocoFile, names: Set<string>): string {
  const folder = part ?? split
  const choices = folder === null ? [relative] : [relative, `${folder}/${relative}`]
  const name = choices.find((choice) => !names.has(choice))
  if (name === undefined)
    throw new AppError('bad-dataset', `${relative} is the name of another picture, too`)
  names.add(name)
  return name
}

function annotationName(annotation: unknown): string {
  const hasId = typeof annotation === 'object' && annotation !== null && 'id' in annotation
  return hasId ? `annotation ${annotation.id}` : 'an annotation without id'
}

function* strayAnnotations(
  { path, annotations, astray }: CocoFile,
  ids: ReadonlySet<Id>,
): Generator<SetProblem> {
  const file = basename(path)
  const strangers = [...annotations].filter(([id]) => !ids.has(id))
  const count = strangers.reduce((sum, [, list]) => sum + list.length, 0)
  if (astray > 0)
    yield { file, why: `${astray} annotations do not say by image_id of which picture they are` }
  if (count === 0) return
  const [first] = strangers[0] ?? []
  yield { file, why: `${count} annotations are of pictures that are not in it, such as ${first}` }
}
