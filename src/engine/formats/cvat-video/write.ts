/**
 * @file Writes "CVAT for video 1.1": the pictures of a set as frames of one recording, in their order.
 * CVAT finds frames by their numbers alone, so that pictures are named after these.
 */
import { open, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import { frameName } from '../cvat/video-frames.ts'
import { labelList, labelsJson, labelsOf } from '../cvat/write-meta.ts'
import type { WriteOptions, Written } from '../format.ts'
import { copyPicture } from '../picture-files.ts'
import { objectsOfImage } from '../shapes/compose.ts'
import { writeElement, type XmlContent, xmlDeclaration } from '../xml-write.ts'
import { collectTracks, type Tracks } from './tracks.ts'

interface Recording {
  tracks: Tracks
  /** Of every picture that has been seen; CVAT's recordings have one. */
  sizes: Map<string, Size>
  images: number
  copied: number
  used: Set<number>
}

/** `frame_000012.jpg` */
function fileName(frame: number, file: string): string {
  return frameName(frame).replace(/\.\w+$/, extname(file).toLowerCase())
}

async function readRecording(
  set: AnnotatedSet,
  folder: string,
  { pictures }: WriteOptions,
  work: LongWork,
): Promise<Recording> {
  const progress = progressMeter('export', set.count, 'images', work.onProgress)
  const recording: Recording = {
    tracks: collectTracks(),
    sizes: new Map(),
    images: 0,
    copied: 0,
    used: new Set(),
  }
  for await (const image of set.read({ signal: work.signal })) {
    throwIfCancelled(work.signal, 'exporting the set')
    if (!('name' in image)) continue
    const { width, height, file } = image
    const objects = objectsOfImage(image)
    const frame = recording.images++
    recording.tracks.add(objects, image, frame)
    recording.sizes.set(`${width}x${height}`, { width, height })
    for (const { classIndex } of objects) recording.used.add(classIndex)
    if (pictures === 'copy' && file !== null) {
      await copyPicture(file, join(folder, 'images'), fileName(frame, file))
      recording.copied++
    }
    progress(recording.images)
  }
  return recording
}

const text = (name: string, value: string | number): XmlContent => ({ name, text: value })

function metaOf({ images, sizes }: Recording, labels: XmlContent): XmlContent {
  const [size, ...others] = [...sizes.values()]
  const original: XmlContent[] =
    size && others.length === 0
      ? [
          {
            name: 'original_size',
            children: [text('width', size.width), text('height', size.height)],
          },
        ]
      : []
  const task: XmlContent = {
    name: 'task',
    children: [
      text('name', 'maskbench'),
      text('size', images),
      text('mode', 'interpolation'),
      text('overlap', 0),
      text('start_frame', 0),
      text('stop_frame', images - 1),
      labels,
      ...original,
    ],
  }
  return { name: 'meta', children: [task] }
}

/**
 * Writes a set as a recording for CVAT: boxes and polygons of a track as one, masks frame by frame.
 *
 * @throws AppError `bad-dataset`, `disk-full`, `read-only`, `cancelled`
 */
export async function writeCvatVideo(
  set: AnnotatedSet,
  folder: string,
  options: WriteOptions,
  work: LongWork,
): Promise<Written> {
  try {
    const recording = await readRecording(set, folder, options, work)
    const labels = labelsOf(set.classes, recording.used)
    await using file = await open(join(folder, 'annotations.xml'), 'w')
    await file.appendFile(`${xmlDeclaration}<annotations>\n  <version>1.1</version>\n`)
    await file.appendFile(writeElement(metaOf(recording, labelList(labels)), 1))
    const names = set.classes.map(({ name }) => name)
    for (const part of recording.tracks.write(recording.images, names)) await file.appendFile(part)
    await file.appendFile('</annotations>\n')
    await writeFile(join(folder, 'labels.json'), labelsJson(labels))
    return { images: recording.images, files: recording.copied + 2 }
  } catch (error) {
    throw toAppError(error, folder)
  }
}
