/** @file Writes a drawn set as a folder: the set as its tool would have left it, and its truth. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import sharp from 'sharp'
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet } from '../formats/annotated-set.ts'
import type { FormatName } from '../formats/formats.ts'
import { refuseTaken, writeSet } from '../formats/write-set.ts'
import { drawnSetDefaults, drawSet } from './draw-set.ts'
import { drawnSets } from './drawn-sets.ts'
import type { DrawnPicture, DrawnSetName, DrawnSetOptions } from './types.ts'

export interface WrittenDrawnSet {
  /** Folder of pictures and annotations, to be imported. */
  set: string
  /** Folder of index PNGs: the class of each pixel. */
  truth: string
  format: FormatName
  images: number
  classes: string[]
}

async function encoded({ width, height, pixels }: DrawnPicture): Promise<Buffer> {
  const isGrey = pixels.every((value, at) => at % 3 === 0 || value === pixels[at - 1])
  const image = sharp(pixels, { raw: { width, height, channels: 3 } })
  return (isGrey ? image.toColourspace('b-w') : image).png().toBuffer()
}

/** Draws all pictures into a folder. */
async function drawInto(
  folder: string,
  name: DrawnSetName,
  options: DrawnSetOptions,
  { signal, onProgress }: LongWork,
): Promise<AnnotatedImage[]> {
  const count = options.images ?? drawnSetDefaults.images
  const progress = progressMeter('draw', count, 'images', onProgress)
  const images: AnnotatedImage[] = []
  await mkdir(folder, { recursive: true })
  for (const picture of drawSet(name, options)) {
    throwIfCancelled(signal, 'drawing the set')
    const file = join(folder, picture.name)
    await writeFile(file, await encoded(picture))
    const { width, height, objects } = picture
    const unknown = { split: null, scene: null, mask: null }
    images.push({ name: picture.name, file, width, height, objects, annotated: true, ...unknown })
    progress(images.length)
  }
  return images
}

/**
 * Draws a set and writes it into the folder `target`: `set/` in the format of its kind, `truth/` with
 * its masks. All of it, or nothing.
 * @throws AppError `file-exists` when there is something else than an empty folder, `disk-full`,
 * `cancelled`
 */
export async function writeDrawnSet(
  name: DrawnSetName,
  target: string,
  options: DrawnSetOptions,
  work: LongWork,
): Promise<WrittenDrawnSet> {
  const folder = resolve(target)
  await refuseTaken(folder)
  const part = `${folder}.part`
  const { classes, format } = drawnSets[name]
  try {
    await rm(part, { recursive: true, force: true })
    const pictures = join(part, 'pictures')
    const images = await drawInto(pictures, name, options, work)
    const set: AnnotatedSet = {
      ...{ classes, count: images.length },
      async *read() {
        yield* images
      },
    }
    await writeSet(set, join(part, 'set'), { format, pictures: 'copy' }, work)
    await writeSet(set, join(part, 'truth'), { format: 'index-png', pictures: 'none' }, work)
    await rm(pictures, { recursive: true })
    await rename(part, folder)
    const names = classes.map((each) => each.name)
    const places = { set: join(folder, 'set'), truth: join(folder, 'truth') }
    return { ...places, format, images: images.length, classes: names }
  } catch (error) {
    throw toAppError(error, dirname(folder))
  } finally {
    await rm(part, { recursive: true, force: true })
  }
}
