/**
 * @file Writes a set as Ultralytics' YOLO takes it: data.yaml, pictures in images/PART/, a file of labels
 * for each in labels/PART/.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetClass } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture, pathWithin } from '../picture-files.ts'
import { labelsOf, noSplit } from './list-pictures.ts'
import { yamlText } from './simple-yaml.ts'
import { formatLabels } from './write-labels.ts'

/** Keys that Ultralytics asks for; a set without such a part has another one there. */
const requiredKeys = ['train', 'val']

/**
 * Writes a set. A thing is one line: its parts and holes are joined into one outline by seams that
 * enclose nothing. Pictures that nobody has annotated have no file of labels, empty ones an empty one.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeYolo(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const written = { images: 0, files: 1 }
  const keys = new Set<string>()
  const placeOf = placeGiver()
  try {
    for await (const image of set.read(work)) {
      throwIfCancelled(work.signal, 'exporting the set')
      if ('why' in image) continue
      keys.add(keyOf(image))
      const place = placeOf(image)
      if (image.annotated) {
        await writeLabels(image, join(folder, labelsOf(place)))
        written.files++
      }
      if (pictures === 'copy' && image.file !== null) {
        await copyPicture(image.file, folder, place)
        written.files++
      }
      progress(++written.images)
    }
    await writeFile(join(folder, 'data.yaml'), dataText(set.classes, keys))
  } catch (error) {
    throw toAppError(error, folder)
  }
  return written
}

async function writeLabels(image: AnnotatedImage, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, formatLabels(image))
}

/** The split of an image as a key; names that cannot be those of a folder are none. */
function keyOf({ split }: Pick<AnnotatedImage, 'split'>): string {
  return split === null || /^\.*$/.test(split) ? noSplit : split
}

function folderOf(key: string): string {
  return `images/${encodeURIComponent(key)}`
}

/**
 * Where pictures go. Labels have the picture's name without its ending: of two that differ in it only,
 * the second has its ending twice.
 */
function placeGiver(): (image: AnnotatedImage) => string {
  const taken = new Set<string>()
  return (image) => {
    const place = pathWithin(folderOf(keyOf(image)), image.name).replaceAll('\\', '/')
    const ending = /\.[^./]*$/.exec(place)?.[0] ?? ''
    const isTaken = taken.has(labelsOf(place).toLowerCase())
    const chosen = isTaken ? `${place}${ending}` : place
    taken.add(labelsOf(chosen).toLowerCase())
    return chosen
  }
}

function dataText(classes: readonly SetClass[], keys: ReadonlySet<string>): string {
  const [first = noSplit] = keys
  const parts = new Map(requiredKeys.map((key) => [key, folderOf(keys.has(key) ? key : first)]))
  for (const key of [...keys].sort())
    if (keys.size > 1 || key !== noSplit) parts.set(key, folderOf(key))
  const names = classes.slice(1).map(({ name }, number) => `  ${number}: ${yamlText(name)}\n`)
  const lines = [...parts].map(([key, place]) => `${yamlText(key)}: ${place}\n`)
  return `${lines.join('')}\nnames:\n${names.join('')}`
}
