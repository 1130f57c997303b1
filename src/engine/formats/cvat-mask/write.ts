/**
 * @file Writes CVAT's "Segmentation mask 1.1": masks in the colours of labelmap.txt, an object mask
 * beside each, and lists of pictures, as
 * https://docs.cvat.ai/docs/dataset_management/formats/format-smask has them.
 */
import { join } from 'node:path'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { backgroundIndex, type ClassMask } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetClass } from '../annotated-set.ts'
import { withColours } from '../class-colours.ts'
import { colourTable, encodeColours } from '../colour-png/encode-colours.ts'
import type { WriteOptions, Written } from '../format.ts'
import { maskNamer, writeInto } from '../mask-pictures/write-masks.ts'
import { copyPicture, pathWithin } from '../picture-files.ts'
import { maskOfImage, objectsOfImage } from '../shapes/compose.ts'
import { paintRaster } from '../shapes/raster.ts'
import { colourText, vocColour } from '../voc/voc-classes.ts'

const black = '#000000'
/** Colours of VOC but those of 0 and 255. */
const maximumObjects = 254

/** A picture as lists name it: without its ending. */
interface Listed {
  id: string
  split: string | null
}

/** Colours of the numbers in object masks: those of VOC. */
const objectColours = colourTable(
  Array.from({ length: 255 }, (_, number) => colourText(vocColour(number))),
  colourText(vocColour(255)),
)

function labelLine({ name, colour }: { name: string; colour: string }): string {
  if (/[:\r\n]/.test(name) || /^[#\s]|\s$|^$/.test(name))
    throw new AppError(
      'bad-dataset',
      `the class ${JSON.stringify(name)} cannot be written into labelmap.txt, whose names hold no colon or line break and begin with no # or space`,
      'Rename the class.',
    )
  return `${name}:${[...Buffer.from(colour.slice(1), 'hex')].join(',')}::`
}

/** The file that gives every class its colour; the background is black, as CVAT takes it. */
function labelMap(classes: readonly SetClass[]): { text: string; table: Uint8Array } {
  const plain = classes.map((each, i) =>
    i === backgroundIndex ? { ...each, colour: black } : each,
  )
  const coloured = withColours(plain).classes
  const table = colourTable(
    coloured.map(({ colour }) => colour),
    black,
  )
  return { text: `# label:color_rgb:parts:actions\n${coloured.map(labelLine).join('\n')}\n`, table }
}

/**
 * Number of the object of each pixel, from 1. Pictures without objects have one of zeros: without it,
 * Datumaro, with which CVAT reads, takes the background for a thing.
 */
function objectMask(image: AnnotatedImage, mask: ClassMask): ClassMask {
  const objects = objectsOfImage(image)
  if (objects.length > maximumObjects)
    throw new AppError(
      'bad-dataset',
      `${image.name} has ${objects.length} objects; Segmentation mask numbers up to ${maximumObjects} in a picture`,
      'Export to CVAT or to COCO.',
    )
  const numbers = { ...mask, data: new Uint8Array(mask.data.length) }
  for (const [i, { raster }] of objects.entries()) paintRaster(raster, numbers, i + 1)
  for (const [pixel, number] of numbers.data.entries())
    if (number > 0 && objects[number - 1]?.classIndex !== mask.data[pixel]) numbers.data[pixel] = 0
  return numbers
}

/** Writes all of a picture; returns the number of files. */
async function writePicture(
  image: AnnotatedImage,
  maskName: string,
  { folder, table, pictures }: WriteOptions & { folder: string; table: Uint8Array },
): Promise<number> {
  let files = 0
  if (pictures === 'copy' && image.file !== null) {
    await copyPicture(image.file, join(folder, 'JPEGImages'), image.name)
    files++
  }
  if (!image.annotated) return files
  const mask = maskOfImage(image)
  const write = async (part: string, content: Uint8Array): Promise<void> => {
    await writeInto(pathWithin(join(folder, part), maskName), content)
    files++
  }
  await write('SegmentationClass', await encodeColours(mask, table))
  const numbers = objectMask(image, mask)
  await write('SegmentationObject', await encodeColours(numbers, objectColours))
  return files
}

/**
 * Writes the list of each split; those in none are in `default`. Pascal VOC's list of train and val
 * together is left out: CVAT would take its pictures twice. Returns the number of files.
 */
async function writeLists(folder: string, listed: readonly Listed[]): Promise<number> {
  const lists = Map.groupBy(listed, ({ split }) => split ?? 'default')
  for (const [name, members] of lists) {
    const path = pathWithin(join(folder, 'ImageSets/Segmentation'), `${name}.txt`)
    await writeInto(path, members.map(({ id }) => `${id}\n`).join(''))
  }
  return lists.size
}

/**
 * Writes a set for CVAT's "Segmentation mask 1.1". Ignored pixels become background.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeCvatMasks(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const { text, table } = labelMap(set.classes)
  await writeInto(join(folder, 'labelmap.txt'), text)
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const listed: Listed[] = []
  const nameOf = maskNamer()
  let files = 1
  for await (const image of set.read({ signal: work.signal })) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    const maskName = nameOf(image.name)
    files += await writePicture(image, maskName, { ...options, folder, table })
    listed.push({ id: maskName.slice(0, -'.png'.length), split: image.split })
    progress(listed.length)
  }
  return { images: listed.length, files: files + (await writeLists(folder, listed)) }
}
