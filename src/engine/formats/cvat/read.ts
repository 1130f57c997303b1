/** @file CVAT's XML, of images or of video: the file, its classes, its pictures one at a time. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { AnnotatedSet } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { classIndices } from '../named-classes.ts'
import { readHead, readText } from '../text-file.ts'
import { childOf, textAt } from '../xml.ts'
import { pictureFinder } from './find-picture.ts'
import { exportedPart } from './labels.ts'
import { type ReadContext, readImages } from './read-images.ts'
import { readVideo } from './read-video.ts'
import { type Survey, survey } from './survey.ts'
import { readTracks } from './tracks.ts'
import { framePictures } from './video-frames.ts'
import { videoTasks } from './video-task.ts'

/** How a file begins: a root that only CVAT has, with something that CVAT puts into it. */
const beginning = /<annotations>[^<]*(<!--[\s\S]*?-->\s*)?<(version|meta|image|track)\b/

/** Whether a file is CVAT's XML, by how it begins. Never throws. */
async function isCvatXml(path: string): Promise<boolean> {
  return path.toLowerCase().endsWith('.xml') && beginning.test(await readHead(path))
}

/** The file of annotations that `path` is or has; null for none. Never throws. */
export async function annotationsFile(path: string): Promise<string | null> {
  const entry = await stat(path).catch(() => null)
  if (!entry) return null
  if (entry.isFile()) return (await isCvatXml(path)) ? path : null
  const usual = join(path, 'annotations.xml')
  if (await isCvatXml(usual)) return usual
  const files = await listFiles(path).catch(() => [])
  for (const file of files)
    if (/^[^/]*\.xml$/i.test(file) && (await isCvatXml(join(path, file)))) return join(path, file)
  return null
}

/** A recording in which nothing is marked has no tracks, but says so. */
function isVideo({ meta, images, tracks }: Survey): boolean {
  const part = exportedPart(meta)
  const tasks = part && childOf(part, 'tasks')
  const modes = [part, ...(tasks?.children ?? [])].map((task) => task && textAt(task, 'mode'))
  return images === 0 && (tracks > 0 || modes.includes('interpolation'))
}

async function videoSet(
  context: ReadContext,
  { meta, classes }: Survey,
  options: ReadOptions,
): Promise<AnnotatedSet> {
  const tracks = readTracks(context.text, context.file)
  const frames = tracks.tracks.flatMap(({ shapes }) => shapes.map(({ frame }) => frame))
  const last = frames.reduce((highest, frame) => Math.max(highest, frame), -1)
  const tasks = videoTasks(meta, last)
  const pictureOf = await framePictures(context.file, options.images, tasks)
  return {
    classes,
    count: tasks.reduce((sum, task) => sum + task.frames.length, 0),
    read: (work) => readVideo({ ...context, tasks, pictureOf }, tracks, work),
  }
}

/**
 * Reads "CVAT for images 1.1" and "CVAT for video 1.1": a file, or a folder with annotations.xml.
 *
 * @throws AppError `bad-dataset`, `no-such-file`
 */
export async function readCvat(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const file = await annotationsFile(path)
  if (file === null)
    throw new AppError(
      'bad-dataset',
      `${path} has no annotations.xml of CVAT, whose root is <annotations>`,
      'Export "CVAT for images 1.1" or "CVAT for video 1.1" and name the zip, its folder or the file.',
    )
  const text = await readText(file)
  const found = survey(text, file)
  const find = pictureFinder(file, options.images)
  const context = { text, file, indexOf: classIndices(found.classes), find }
  if (isVideo(found)) return videoSet(context, found, options)
  return {
    classes: found.classes,
    count: found.images,
    read: (work) => readImages(context, found.names, work),
  }
}
