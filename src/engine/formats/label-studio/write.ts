/**
 * @file Writes tasks for Label Studio: tasks.json to import, label_config.xml for the project's settings,
 * and pictures in images/, to which tasks refer as local files
 * (https://labelstud.io/guide/storage#Local-storage).
 */
import { open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { backgroundIndex } from '../../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture } from '../picture-files.ts'
import { objectsOfImage } from '../shapes/compose.ts'
import { configName, imageName, writeConfig } from './label-config.ts'
import { resultOf } from './write-region.ts'

/** A path in the folder that Label Studio serves; `/` stays. */
function referenceTo(name: string): string {
  const path = `images/${name}`.split('/').map(encodeURIComponent).join('/')
  return `/data/local-files/?d=${path}`
}

function taskOf(image: AnnotatedImage, id: number, labels: readonly string[]): unknown {
  const objects = objectsOfImage(image).filter(({ raster }) => raster.data.includes(1))
  const result = objects.map((object, i) =>
    resultOf(object, labels[object.classIndex] ?? '', image, `${id}-${i + 1}`),
  )
  const annotations = image.annotated ? [{ result, ground_truth: false }] : []
  const { width, height } = image
  // The size is for those who read an empty picture without its file; Label Studio ignores it.
  return { id, data: { [imageName]: referenceTo(image.name), width, height }, annotations }
}

/** Writes the tasks; returns how many, how many pictures were copied, and whether 0 is a label. */
async function writeTasks(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  work: LongWork,
): Promise<{ images: number; copied: number; usesBackground: boolean }> {
  await using file = await open(join(folder, 'tasks.json'), 'w')
  const labels = set.classes.map(({ name }) => name)
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  let [images, copied, usesBackground] = [0, 0, false]
  await file.appendFile('[')
  for await (const image of set.read(work)) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    const task = JSON.stringify(taskOf(image, images + 1, labels))
    await file.appendFile(`${images === 0 ? '' : ','}\n${task}`)
    images++
    usesBackground ||= image.objects.some(({ classIndex }) => classIndex === backgroundIndex)
    if (pictures === 'copy' && image.file !== null) {
      await copyPicture(image.file, join(folder, 'images'), image.name)
      copied++
    }
    progress(images)
  }
  await file.appendFile('\n]\n')
  return { images, copied, usesBackground }
}

/**
 * Writes a set for Label Studio.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeLabelStudio(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  try {
    const { images, copied, usesBackground } = await writeTasks(set, folder, options, work)
    const labels = set.classes.filter((_, i) => i !== backgroundIndex || usesBackground)
    await writeFile(join(folder, configName), writeConfig(labels))
    return { images, files: copied + 2 }
  } catch (error) {
    throw toAppError(error, folder)
  }
}
