/** @file "CVAT for video 1.1": a `<track>` a thing, with its shapes at frames. */
import { z } from 'zod'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetProblem } from '../annotated-set.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import type { XmlElement } from '../xml.ts'
import { rootChildren } from '../xml-parts.ts'
import { shapeAt, sortTrack, type TrackedShape } from './interpolate.ts'
import type { ReadContext } from './read-images.ts'
import { drawObjects, type LabelledShape, problemOf } from './read-objects.ts'
import { attributesBy, isAreaType, readShape, wholeText } from './shapes.ts'
import type { FramePicture } from './video-frames.ts'
import type { VideoTask } from './video-task.ts'

export interface Track {
  label: string
  /** Position among the tracks of the file. */
  number: number
  /** As the file names it, for problems. */
  id: string
  /** `task_id` in exports of a project. */
  task: string | null
  shapes: TrackedShape[]
}

const placeSchema = z.object({
  frame: wholeText,
  outside: z.enum(['0', '1']).default('0'),
})

function readTrackedShape(element: XmlElement): TrackedShape[] {
  if (!isAreaType(element.name)) return []
  const { frame, outside } = attributesBy(element, placeSchema)
  return [{ ...readShape(element, element.name), frame, isOutside: outside === '1' }]
}

function readTrack(element: XmlElement, number: number): Track {
  const { id = String(number), label, task_id = null } = element.attributes
  if (!label)
    throw new AppError('bad-dataset', 'it has no label', 'Export the annotations from CVAT again.')
  const shapes = sortTrack(element.children.flatMap(readTrackedShape))
  return { label, number, id, task: task_id, shapes }
}

/** The tracks of a file that can be taken, and one problem for each that cannot. */
export interface ReadTracks {
  tracks: Track[]
  problems: string[]
}

/** All tracks of a file. Throws `bad-dataset` when it is not well-formed. */
export function readTracks(text: string, file: string): ReadTracks {
  const tracks: Track[] = []
  const problems: string[] = []
  let number = 0
  for (const element of rootChildren(text, file)) {
    if (element.name !== 'track') continue
    try {
      const track = readTrack(element, number)
      if (track.shapes.length > 0) tracks.push(track)
      else problems.push(`track ${track.id} left out: it marks no pixels, only places`)
    } catch (error) {
      const id = element.attributes.id ?? String(number)
      problems.push(`track ${id} left out: ${problemOf(error)}`)
    }
    number++
  }
  return { tracks, problems }
}

function shapesAt(tracks: readonly Track[], frame: number): LabelledShape[] {
  return tracks.flatMap(({ shapes, label, number }) => {
    const shape = shapeAt(shapes, frame)
    return shape ? [{ shape, label, track: number }] : []
  })
}

type FrameItems = AsyncGenerator<AnnotatedImage | SetProblem>

/** What a video has besides its tracks. */
export interface Video {
  tasks: readonly VideoTask[]
  pictureOf(task: VideoTask, frame: number): FramePicture
}

/** Size of a frame: the recording's, or its picture's own. Throws where they differ. */
async function frameSize({ size }: VideoTask, file: string | null): Promise<Size> {
  if (size === null && file === null)
    throw new AppError(
      'bad-dataset',
      'its size is not known: the file has no original_size, and the picture is not there',
      'Name the folder of the pictures with --images.',
    )
  const own = file === null ? null : await pictureSize(file)
  const problem = own && size ? sizeProblem(size, own) : null
  if (problem !== null) throw new AppError('bad-dataset', problem, 'Name the right pictures.')
  return own ?? size ?? { width: 0, height: 0 }
}

async function* readFrame(
  task: VideoTask,
  frame: number,
  shapes: readonly LabelledShape[],
  context: ReadContext & Video,
): FrameItems {
  const { name, file } = context.pictureOf(task, frame)
  try {
    const size = await frameSize(task, file)
    const { problems, ...drawn } = drawObjects(shapes, size, context.indexOf)
    for (const why of problems) yield { file: name, why }
    const { split, scene } = task
    yield { name, file, ...size, split, scene, annotated: true, ...drawn }
  } catch (error) {
    yield { file: name, why: problemOf(error) }
  }
}

/** Every frame of the file's recordings, in order, with the things that are in it. */
export async function* readVideo(
  context: ReadContext & Video,
  { tracks, problems }: ReadTracks,
  { signal }: LongWork,
): FrameItems {
  for (const why of problems) yield { file: context.file, why }
  for (const task of context.tasks) {
    const own = tracks.filter(({ task: id }) => id === null || task.id === null || id === task.id)
    for (const frame of task.frames) {
      throwIfCancelled(signal, 'reading the dataset')
      yield* readFrame(task, frame, shapesAt(own, frame), context)
    }
  }
}
