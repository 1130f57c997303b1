/** @file What the networks of a training made of frames: before it, after its trial, and now. */
import type { TrainingNetwork } from '../../shared/byte-routes.ts'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask } from '../../shared/mask-codec.ts'
import type { FrameAt } from '../db/masks.ts'
import { listTrainings, type Training } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { basePrediction } from '../jobs/base-prediction.ts'
import { liveTraining } from '../jobs/live-training.ts'
import { keptPrediction } from '../jobs/training-predictions.ts'
import { bytesAnswer } from './answers.ts'
import { type FrameRequest, numberIn, wordIn } from './byte-request.ts'

/** Person probability, 0 … 255; null where the network has not looked at the frame. */
type Look = (
  engine: Engine,
  training: Training,
  at: FrameAt,
  signal: AbortSignal,
) => Promise<ClassMask | null>

const networks = ['base', 'new', 'live'] as const satisfies readonly TrainingNetwork[]

const looks: Readonly<Record<TrainingNetwork, Look>> = {
  base: async (engine, training, at, signal) =>
    (await keptPrediction(engine.project, training, 'base', at)) ??
    basePrediction(engine, training, at, signal),
  // The network of the trial is gone with the trial.
  new: ({ project }, training, at) => keptPrediction(project, training, 'new', at),
  live: async ({ project }, { id }, at) => {
    const picture = liveTraining(project, id)?.picture
    const isThis = picture?.at.source === at.source && picture.at.frame === at.frame
    return isThis ? picture.mask : null
  },
}

/** A mask of the size of the training's recipe. */
export async function answerTrainingPrediction(
  { open, source, frame, query, request }: FrameRequest,
  trainingText: string,
): Promise<Response> {
  const { engine } = open
  const network = wordIn(query, 'network', networks)
  const training = listTrainings(engine.project).find(({ id }) => id === numberIn(trainingText))
  const at = { source: source.id, frame }
  const mask = training && (await looks[network](engine, training, at, request.signal))
  if (mask) return bytesAnswer(packMask(mask), 'raw')
  throw new AppError(
    'no-such-file',
    `training ${trainingText.slice(0, 20)} has no ${network} prediction of frame ${frame}`,
    'Train again: predictions are made while networks are compared.',
  )
}
