/** @file Writes PASCAL VOC sets: JPEGImages, SegmentationClass, SegmentationObject, Annotations, ImageSets. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type ClassMask, ignoreIndex } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetObject } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { shapesToPaint } from '../paint-order.ts'
import { encodePalettePng } from '../palette-png.ts'
import { copyPicture, pathWithin } from '../picture-files.ts'
import { maskOfImage } from '../shapes/compose.ts'
import { formatAnnotation } from './annotation.ts'
import { listsToWrite } from './image-sets.ts'
import { formatLabelMap } from './label-map.ts'
import { vocPalette } from './voc-classes.ts'

/** An object mask holds numbers of 1 to 254. */
const maximumObjects = 254

async function writePart(folder: string, name: string, content: string | Uint8Array) {
  const path = pathWithin(folder, name)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  } catch (error) {
    throw toAppError(error, path)
  }
}

/** Only rectangles were marked, and the mask, if any, shows no more: such a picture has only boxes. */
function hasOnlyBoxes(image: AnnotatedImage): boolean {
  const { objects } = image
  const areBoxes = objects.length > 0 && objects.every(({ boxOnly }) => boxOnly)
  return areBoxes && shapesToPaint(image).length === objects.length
}

/** Numbers of the objects where the mask agrees with them, 255 where it is ignored. */
function objectMaskOf(objects: readonly SetObject[], mask: ClassMask): ClassMask {
  const { width, height } = mask
  const data = new Uint8Array(width * height)
  for (const [index, { classIndex, raster }] of objects.entries())
    for (let row = 0; row < raster.height; row++)
      for (let column = 0; column < raster.width; column++) {
        const at = (raster.y + row) * width + raster.x + column
        const isSeen = raster.data[row * raster.width + column] === 1
        if (isSeen && mask.data[at] === classIndex) data[at] = index + 1
      }
  for (let pixel = 0; pixel < data.length; pixel++)
    if (mask.data[pixel] === ignoreIndex) data[pixel] = ignoreIndex
  return { width, height, data }
}

async function writeMasks(image: AnnotatedImage, id: string, folder: string): Promise<number> {
  const mask = maskOfImage(image)
  const classes = join(folder, 'SegmentationClass')
  await writePart(classes, `${id}.png`, await encodePalettePng(mask, vocPalette))
  if (image.objects.length === 0) return 1
  if (image.objects.length > maximumObjects)
    throw new AppError(
      'bad-dataset',
      `${image.name} has ${image.objects.length} objects; PASCAL VOC numbers up to ${maximumObjects} in a picture`,
      'Export to COCO, or to index PNGs, which do not tell objects apart.',
    )
  const numbers = objectMaskOf(image.objects, mask)
  const png = await encodePalettePng(numbers, vocPalette)
  await writePart(join(folder, 'SegmentationObject'), `${id}.png`, png)
  return 2
}

function boxed(objects: readonly SetObject[], names: readonly string[]) {
  return objects.map(({ classIndex, box, raster }) => ({
    name: names[classIndex] ?? '',
    box: box ?? raster,
  }))
}

/** Writes all of a picture; returns the number of files. */
async function writePicture(
  image: AnnotatedImage,
  id: string,
  { folder, names, pictures }: { folder: string; names: readonly string[] } & WriteOptions,
): Promise<number> {
  let files = 0
  if (pictures === 'copy' && image.file !== null) {
    await copyPicture(image.file, join(folder, 'JPEGImages'), image.name)
    files++
  }
  if (!image.annotated) return files
  const onlyBoxes = hasOnlyBoxes(image)
  if (!onlyBoxes) files += await writeMasks(image, id, folder)
  if (image.objects.length === 0) return files
  const xml = formatAnnotation({
    filename: image.name,
    size: image,
    segmented: !onlyBoxes,
    objects: boxed(image.objects, names),
  })
  await writePart(join(folder, 'Annotations'), `${id}.xml`, xml)
  return files + 1
}

/** Ids of pictures: their names without ending, or with it where another has that id. */
function idGiver(): (name: string) => string {
  const given = new Set<string>()
  return (name) => {
    const short = name.replace(/\.[^./]*$/, '')
    const id = given.has(short) || short === '' ? name : short
    given.add(id)
    return id
  }
}

/**
 * Writes a set as the challenges have it, with a `labelmap.txt` that names its classes.
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeVoc(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const names = set.classes.map(({ name }) => name)
  await writePart(folder, 'labelmap.txt', formatLabelMap(names))
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const listed: { id: string; split: string | null }[] = []
  const idOf = idGiver()
  let files = 1
  for await (const image of set.read(work)) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    const id = idOf(image.name)
    const objects = image.objects.filter(({ raster }) => raster.data.includes(1))
    files += await writePicture({ ...image, objects }, id, { folder, names, ...options })
    listed.push({ id, split: image.split })
    progress(listed.length)
  }
  for (const [name, ids] of listsToWrite(listed)) {
    await writePart(folder, `ImageSets/Segmentation/${name}.txt`, `${ids.join('\n')}\n`)
    files++
  }
  return { images: listed.length, files }
}
