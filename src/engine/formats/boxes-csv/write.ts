/** @file Writes a table of boxes, with classes.csv, which says what its numbers mean. */
import { join } from 'node:path'
import { throwIfCancelled } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { AnnotatedSet, SetObject } from '../annotated-set.ts'
import type { WriteOptions, Written } from '../format.ts'
import { formatClassList } from '../mask-pictures/class-list.ts'
import { writeInto } from '../mask-pictures/write-masks.ts'
import { copyPicture } from '../picture-files.ts'
import { objectsOfImage } from '../shapes/compose.ts'
import { writeTable } from '../table-file.ts'

const header = ['image_id', 'x', 'y', 'width', 'height', 'class_id']

function rowsOf(name: string, objects: readonly SetObject[]): (string | number)[][] {
  if (objects.length === 0) return [[name, '', '', '', '', '']]
  return objects.map(({ box, raster, classIndex }) => {
    const { x, y, width, height } = box ?? raster
    return [name, x, y, width, height, classIndex]
  })
}

export async function writeBoxes(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  { signal, onProgress }: LongWork,
): Promise<Written> {
  const progress = progressMeter('write', set.count, 'images', onProgress)
  const rows: (string | number)[][] = []
  let [seen, images, files] = [0, 0, 0]
  for await (const image of set.read({ signal })) {
    throwIfCancelled(signal, 'writing boxes')
    progress(++seen)
    if ('why' in image) continue
    if (image.annotated) rows.push(...rowsOf(image.name, objectsOfImage(image)))
    const isCopied = pictures === 'copy' && image.file !== null
    if (isCopied) await copyPicture(image.file ?? '', join(folder, 'images'), image.name)
    files += isCopied ? 1 : 0
    images += 1
  }
  await writeInto(join(folder, 'boxes.csv'), writeTable(header, rows))
  await writeInto(join(folder, 'classes.csv'), formatClassList(set.classes))
  return { images, files: files + 2 }
}
