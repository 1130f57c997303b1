/** @file "CVAT for video 1.1": a `<track>` a thing, with its shapes at frames. */
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetProblem } from '../annotated-set.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { problemOf } from '../problem-of.ts'
import type { ReadContext } from './read-images.ts'
import { drawObjects, type LabelledShape } from './read-objects.ts'
import { type ReadTracks, shapesByFrame } from './tracks.ts'
import type { FramePicture } from './video-frames.ts'
import type { VideoTask } from './video-task.ts'

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
    const shapesAt = shapesByFrame(own)
    for (const frame of task.frames) {
      throwIfCancelled(signal, 'reading the dataset')
      yield* readFrame(task, frame, shapesAt(frame), context)
    }
  }
}
