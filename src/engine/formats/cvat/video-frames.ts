/** @file From frames of a recording to their pictures: CVAT names them frame_000000.png. */
import { dirname, join } from 'node:path'
import { listFiles } from '../list-files.ts'
import { isPictureName } from '../picture-files.ts'
import type { VideoTask } from './video-task.ts'

export interface FramePicture {
  name: string
  /** Null where it is not there. */
  file: string | null
}

/** What CVAT calls a frame; `.PNG` is how it ends in exports with pictures. */
export function frameName(frame: number): string {
  return `frame_${String(frame).padStart(6, '0')}.PNG`
}

const framePattern = /(?:^|\/)frame_(\d+)\.\w+$/i

/** Pictures of one recording among those of a project: those in the folder of its subset, if any. */
function ownPictures(pictures: readonly string[], split: string | null): readonly string[] {
  const own = pictures.filter((path) => path.startsWith(`${split ?? 'default'}/`))
  return own.length > 0 ? own : pictures
}

/**
 * Picture of each frame of a recording. A task that was made of pictures keeps their names, which its
 * tracks do not tell: where there are as many pictures as frames, they are taken in order.
 */
function picturesByFrame(task: VideoTask, pictures: readonly string[]): Map<number, string> {
  const numbered = pictures.flatMap((path): [number, string][] => {
    const digits = framePattern.exec(path)?.[1]
    return digits === undefined ? [] : [[Number(digits), path]]
  })
  if (numbered.length > 0) return new Map(numbered)
  if (pictures.length !== task.frames.length) return new Map()
  return new Map(task.frames.map((frame, i) => [frame, pictures[i] ?? '']))
}

/** Pictures below a folder; none where it is not there. */
async function picturesBelow(folder: string): Promise<string[]> {
  const files = await listFiles(folder).catch(() => [])
  return files.filter(isPictureName)
}

/** Finds pictures in `images`, or in the folder of that name beside the annotations. */
export async function framePictures(
  annotations: string,
  images: string | undefined,
  tasks: readonly VideoTask[],
): Promise<(task: VideoTask, frame: number) => FramePicture> {
  const folder = images ?? join(dirname(annotations), 'images')
  const pictures = await picturesBelow(folder)
  const found = new Map(
    tasks.map((task) => [task, picturesByFrame(task, ownPictures(pictures, task.split))]),
  )
  return (task, frame) => {
    const path = found.get(task)?.get(frame)
    const own = path ?? frameName(frame)
    const name = tasks.length > 1 ? `${task.scene ?? task.id}/${own}` : own
    return { name, file: path === undefined ? null : join(folder, path) }
  }
}
