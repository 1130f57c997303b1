/**
 * @file Writes "CVAT for images 1.1" as CVAT itself does: annotations.xml, and pictures in images/.
 * CVAT's reader finds pictures by their names, and takes labels only that its task has: labels.json is
 * for its label constructor ("Raw").
 */
import { open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture } from '../picture-files.ts'
import { objectsOfImage } from '../shapes/compose.ts'
import { writeElement, type XmlContent, xmlDeclaration } from '../xml-write.ts'
import { labelsJson, labelsOf, metaContent, type Summary } from './write-meta.ts'
import { elementsOf } from './write-shape.ts'

/** Numbers of pictures: those of frames as their names have them, as far as they are free. */
function numberGiver(): (name: string) => number {
  const given = new Set<number>()
  let next = 0
  return (name) => {
    const digits = /(?:^|\/)frame_(\d{1,9})\.\w+$/i.exec(name)?.[1]
    let number = digits === undefined ? next : Number(digits)
    if (given.has(number)) number = next
    while (given.has(number)) number = ++next
    given.add(number)
    return number
  }
}

function imageContent(image: AnnotatedImage, id: number, names: readonly string[]): XmlContent {
  const { name, width, height, split } = image
  const subset = split === null ? {} : { subset: split }
  return {
    name: 'image',
    attributes: { id, name, ...subset, width, height },
    children: elementsOf(objectsOfImage(image), image, names),
  }
}

function noteImage(image: AnnotatedImage, summary: Summary): void {
  summary.images++
  const { split } = image
  if (split !== null) summary.splits.set(split, (summary.splits.get(split) ?? 0) + 1)
  for (const { classIndex } of image.objects) summary.used.add(classIndex)
}

/** Writes the `<image>` elements to `path` and copies pictures; returns what of them is to be said. */
async function writeImages(
  set: AnnotatedSet,
  folder: string,
  { path, pictures }: WriteOptions & { path: string },
  work: LongWork,
): Promise<Summary & { copied: number }> {
  await using body = await open(path, 'w')
  const names = set.classes.map(({ name }) => name)
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const summary = {
    images: 0,
    splits: new Map<string, number>(),
    used: new Set<number>(),
    copied: 0,
  }
  const numberOf = numberGiver()
  for await (const image of set.read(work)) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    noteImage(image, summary)
    await body.appendFile(writeElement(imageContent(image, numberOf(image.name), names), 1))
    if (pictures === 'copy' && image.file !== null) {
      const path = image.split === null ? image.name : `${image.split}/${image.name}`
      await copyPicture(image.file, join(folder, 'images'), path)
      summary.copied++
    }
    progress(summary.images)
  }
  return summary
}

/** Puts the parts of the file together; the labels are known only when all pictures are written. */
async function assemble(path: string, body: string, head: string): Promise<void> {
  await using file = await open(path, 'w')
  await file.appendFile(head)
  await using images = await open(body)
  for await (const chunk of images.createReadStream({ autoClose: false }))
    await file.appendFile(chunk)
  await file.appendFile('</annotations>\n')
}

/**
 * Writes a set for CVAT. Unlike CVAT's own, numbers have all their digits, so that no pixel changes.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeCvat(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const body = join(folder, 'annotations.xml.images')
  try {
    const summary = await writeImages(set, folder, { ...options, path: body }, work)
    const labels = labelsOf(set.classes, summary.used)
    const head = [
      `${xmlDeclaration}<annotations>\n  <version>1.1</version>\n`,
      writeElement(metaContent(labels, summary), 1),
    ]
    await assemble(join(folder, 'annotations.xml'), body, head.join(''))
    await rm(body)
    await writeFile(join(folder, 'labels.json'), labelsJson(labels))
    return { images: summary.images, files: summary.copied + 2 }
  } catch (error) {
    throw toAppError(error, folder)
  }
}
