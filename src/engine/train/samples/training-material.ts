/** @file What a training learns from: pictures and masks, and the background. */
import { AppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { medianPicture } from '../scene/background.ts'
import type { TrainingSample, TrainRequest } from '../types.ts'
import { readPictures } from './read-pictures.ts'

export interface TrainingMaterial {
  /** The painted frames. */
  painted: TrainingSample[]
  /** The median of the background frames, `[height, width, 3]`; null where there are none. */
  background: Uint8Array | null
  /** Pictures for self-training. */
  unlabelled: Uint8Array[]
  /** Memory that all of it takes. */
  bytes: number
}

/** Reads each tape once. Throws `bad-value` without labels, and what reading a tape throws. */
export async function trainingMaterial(
  request: TrainRequest,
  work: LongWork,
): Promise<TrainingMaterial> {
  const { tapes, size, labels, backgroundFrames } = request
  const unlabelledFrames = request.settings.selfTraining ? request.unlabelledFrames : []
  if (labels.length === 0)
    throw new AppError('bad-value', 'there are no labelled frames', 'Paint some, or import masks.')
  const frames = [...labels, ...backgroundFrames, ...unlabelledFrames]
  const pictures = await readPictures(tapes, frames, size, work)
  const [first, second] = [labels.length, labels.length + backgroundFrames.length]
  const empty = pictures.slice(first, second)
  const painted = labels.flatMap(({ mask }, i): TrainingSample[] => {
    const picture = pictures[i]
    return picture ? [{ picture, mask }] : []
  })
  const unlabelled = pictures.slice(second)
  const pixels = size.width * size.height
  return {
    painted,
    background: empty.length > 0 ? medianPicture(empty) : null,
    unlabelled,
    bytes: pixels * (4 * painted.length + 4 * unlabelled.length + 3),
  }
}
