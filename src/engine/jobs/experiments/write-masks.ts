/** @file The masks of an experiment in one file, for the compute process. */
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { ExperimentPicture, ExperimentPlan } from '../../db/experiments.ts'
import { deflatedMask } from '../../db/masks.ts'
import type { Project } from '../../db/project.ts'
import type { StagePicture } from '../../experiments/types.ts'
import { experimentFolder } from './experiment-folders.ts'

export interface WrittenMasks {
  masks: string
  train: StagePicture[]
  validation: StagePicture[]
}

function deflated(project: Project, { source, frame, version, path }: ExperimentPicture) {
  const pixels = deflatedMask(project, { source, frame }, version)
  if (pixels) return pixels
  throw new AppError(
    'experiment-changed',
    `the mask of ${path} that the experiment began with is gone`,
    'Make a new experiment with the same settings.',
  )
}

/**
 * Writes the masks that an experiment began with, as they were then.
 * @throws AppError `experiment-changed` where one is gone, `cancelled`, `disk-full`
 */
export async function writeMasks(
  project: Project,
  experiment: number,
  { train, validation }: ExperimentPlan,
  { signal }: LongWork,
): Promise<WrittenMasks> {
  const masks = join(experimentFolder(project, experiment), 'masks')
  const beside = `${masks}.partial`
  try {
    await mkdir(dirname(masks), { recursive: true })
    await using file = await open(beside, 'w')
    let offset = 0
    const append = async (picture: ExperimentPicture): Promise<StagePicture> => {
      throwIfCancelled(signal, 'the experiment')
      const pixels = deflated(project, picture)
      await file.writeFile(pixels)
      const { path, sha256, width, height } = picture
      const place = { offset, bytes: pixels.length }
      offset += pixels.length
      return { path, sha256, width, height, ...place }
    }
    const lists: StagePicture[][] = []
    for (const list of [train, validation]) {
      const written: StagePicture[] = []
      for (const picture of list) written.push(await append(picture))
      lists.push(written)
    }
    await rename(beside, masks)
    return { masks, train: lists[0] ?? [], validation: lists[1] ?? [] }
  } catch (error) {
    throw toAppError(error, masks)
  }
}
