/** @file One picture of a VOC set, from its mask, its object mask, its XML file and the picture. */
import { extname } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import type { ClassMask } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetObject, SetProblem } from '../annotated-set.ts'
import type { LeftOut } from '../left-out.ts'
import { pathWithin } from '../picture-files.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { readText } from '../text-file.ts'
import { type Annotation, parseAnnotation } from './annotation.ts'
import { readClassMask, readObjectMask } from './mask-picture.ts'
import { boxedObjects, maskedObjects } from './picture-objects.ts'
import type { VocSet } from './read.ts'

interface Parts {
  id: string
  file: string | null
  pictured: Size | null
  mask: ClassMask | null
  objectMask: ClassMask | null
  annotation: Annotation | null
}

async function readParts({ layout, table }: VocSet, id: string): Promise<Parts> {
  const { classMasks, objectMasks, annotations, pictures, root } = layout
  const partOf = async <Part>(
    name: string | undefined,
    read: (path: string, name: string) => Promise<Part>,
  ) => (name === undefined ? null : read(pathWithin(root, name), name))
  const annotation = await partOf(annotations.get(id), async (path, name) =>
    parseAnnotation(await readText(path), name),
  )
  const file = pictures.get(id) ?? pictures.get(annotation?.filename ?? '') ?? null
  return {
    id,
    file,
    pictured: file === null ? null : await pictureSize(file),
    mask: await partOf(classMasks.get(id), (path, name) => readClassMask(path, name, table)),
    objectMask: await partOf(objectMasks.get(id), readObjectMask),
    annotation,
  }
}

const badSize = (what: string): AppError =>
  new AppError('bad-dataset', what, 'Export the picture and its annotations in one size.')

/** The size that all parts agree on. */
function sizeOf({ id, pictured, mask, objectMask, annotation }: Parts): Size {
  const size = mask ?? pictured ?? annotation?.size
  if (!size)
    throw new AppError(
      'bad-dataset',
      `${id} has neither a picture nor a size in its XML file`,
      'Name the folder of the pictures with --images.',
    )
  const why = pictured && sizeProblem(size, pictured)
  if (why) throw badSize(`${id} ${why}`)
  for (const other of [objectMask, annotation?.size])
    if (other && sizeProblem(other, size) !== null)
      throw badSize(
        `${id} is ${size.width}x${size.height} pixels, but ${other === objectMask ? 'its object mask' : 'its XML file says'} ${other.width}x${other.height}`,
      )
  return size
}

/** The name of the picture within the set, as its file, the XML file or VOC's own endings have it. */
function nameOf({ id, file, annotation }: Parts): string {
  const named = annotation?.filename ?? ''
  if (file !== null) return id.endsWith(extname(file)) ? id : id + extname(file)
  return id + (extname(named) || '.jpg')
}

function imageOf({ lists }: VocSet, parts: Parts, objects: SetObject[], size: Size) {
  const { id, file, mask, annotation } = parts
  const image: AnnotatedImage = {
    name: nameOf(parts),
    file,
    width: size.width,
    height: size.height,
    split: lists.splits.get(id) ?? null,
    scene: null,
    annotated: mask !== null || annotation !== null,
    objects,
    mask,
  }
  return image
}

/** A picture, and what is wrong with it; only that where it cannot be taken. */
export async function readPicture(
  set: VocSet,
  id: string,
  left: LeftOut,
): Promise<(AnnotatedImage | SetProblem)[]> {
  try {
    const parts = await readParts(set, id)
    const size = sizeOf(parts)
    const { mask, objectMask, annotation } = parts
    for (const remark of annotation?.remarks ?? []) left.add(remark)
    const names = set.table.classes.map(({ name }) => name)
    if (mask) {
      const objects = objectMask ? maskedObjects(objectMask, mask, { annotation, names }) : []
      return [imageOf(set, parts, objects, size)]
    }
    const boxed = annotation ? boxedObjects(annotation, size, names) : { objects: [], faults: [] }
    const file = set.layout.annotations.get(id) ?? id
    const problems = boxed.faults.map((why) => ({ file, why }))
    return [imageOf(set, parts, boxed.objects, size), ...problems]
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error
    return [{ file: id, why: error.message }]
  }
}
