/** @file What the networks of a training made of frames: before it, after its trial, and now. */
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask } from '../../shared/mask-codec.ts'
import type { FrameAt } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import { listTrainings } from '../db/trainings.ts'
import { liveTraining } from '../jobs/live-training.ts'
import { keptPrediction } from '../jobs/training-predictions.ts'
import { bytesAnswer } from './answers.ts'
import { type FrameRequest, numberIn, wordIn } from './byte-request.ts'

const networks = ['base', 'new', 'live'] as const

function livePicture(project: Project, training: number, at: FrameAt): ClassMask | null {
  const picture = liveTraining(project, training)?.picture
  const isThis = picture?.at.source === at.source && picture.at.frame === at.frame
  return isThis ? picture.mask : null
}

/** Person probability, 0 … 255, as a mask of the size of the training's recipe. */
export async function answerTrainingPrediction(
  { open, source, frame, query }: FrameRequest,
  trainingText: string,
): Promise<Response> {
  const { project } = open.engine
  const network = wordIn(query, 'network', networks)
  const training = listTrainings(project).find(({ id }) => id === numberIn(trainingText))
  const at = { source: source.id, frame }
  const mask =
    training &&
    (network === 'live'
      ? livePicture(project, training.id, at)
      : await keptPrediction(project, training, network, at))
  if (mask) return bytesAnswer(packMask(mask), 'raw')
  throw new AppError(
    'no-such-file',
    `training ${trainingText.slice(0, 20)} has no ${network} prediction of frame ${frame}`,
    'Train again: predictions are made while networks are compared.',
  )
}
