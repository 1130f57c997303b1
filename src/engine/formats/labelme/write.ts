/** @file Writes sets as Labelme saves them: a JSON file beside each picture. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture, pathWithin } from '../picture-files.ts'
import { backgroundLabel, ignoreLabel } from './schema.ts'
import { isBackground } from './survey.ts'
import { writtenShapes } from './write-shapes.ts'

/** A version of Labelme that has all the shapes that are written; masks came with 5.3. */
const version = '5.5.0'

async function writeText(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
  } catch (error) {
    throw toAppError(error, path)
  }
}

/** The file's text, with the keys, their order and the indent of Labelme's own. */
async function labelText(image: AnnotatedImage, names: readonly string[]): Promise<string> {
  const file = {
    version,
    flags: {},
    shapes: await writtenShapes(image, names),
    imagePath: posix.basename(image.name),
    imageData: null,
    imageHeight: image.height,
    imageWidth: image.width,
  }
  return JSON.stringify(file, null, 2)
}

/** Gives names of JSON files: that of the picture with another ending, where it is free. */
function labelNames(): (name: string) => string {
  const given = new Set<string>()
  return (name) => {
    const short = `${name.replace(/\.[^./]*$/, '')}.json`
    const label = given.has(short) ? `${name}.json` : short
    given.add(label)
    return label
  }
}

function checkNames(names: readonly string[]): void {
  const wrong = names.slice(1).find((name) => name === ignoreLabel || isBackground(name))
  if (wrong === undefined) return
  throw new AppError(
    'bad-dataset',
    `the class ${JSON.stringify(wrong)} has a name that Labelme's files give another meaning`,
    'Rename the class.',
  )
}

/**
 * Writes a set for Labelme, with the `labels.txt` that it and labelme2voc take.
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeLabelme(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  const names = set.classes.map(({ name }) => name)
  checkNames(names)
  const labels = [ignoreLabel, backgroundLabel, ...names.slice(1)]
  await writeText(join(folder, 'labels.txt'), `${labels.join('\n')}\n`)
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const labelOf = labelNames()
  const written = { images: 0, files: 1 }
  for await (const image of set.read(work)) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    const path = pathWithin(folder, labelOf(image.name))
    if (options.pictures === 'copy' && image.file !== null) {
      await copyPicture(image.file, folder, image.name)
      written.files++
    }
    if (image.annotated) {
      await writeText(path, await labelText(image, names))
      written.files++
    }
    progress(++written.images)
  }
  return written
}
