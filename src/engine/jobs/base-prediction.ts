/** @file What the network before a training makes of a held-out frame, made again after the cache is gone. */
import type { ClassMask } from '../../shared/mask.ts'
import type { FrameAt } from '../db/masks.ts'
import type { Training } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import type { FramePrediction } from '../train/types.ts'
import { findModel } from './networks.ts'
import { isIn } from './training-frames.ts'
import { tapesOf } from './training-part.ts'
import { keepPrediction, keptPrediction } from './training-predictions.ts'
import { trainingRecipe } from './training-recipe.ts'

/** A network takes its time, and its process is not to be ended for it. */
const patienceMs = 30_000

/**
 * Null for a frame that was not held out, and where the network is gone or another by now.
 * @throws AppError what reading the tape throws, `cancelled`
 */
export async function basePrediction(
  engine: Engine,
  training: Training,
  at: FrameAt,
  signal: AbortSignal,
): Promise<ClassMask | null> {
  const { settings, plan, baseId, baseSha256 } = training
  const base = isIn(plan.heldOut)(at) ? await findModel(engine, baseId) : undefined
  if (base?.sha256 !== baseSha256) return null
  const { width, height } = trainingRecipe(engine.project, training).size
  const request = {
    tapes: tapesOf(engine, training, [at]),
    size: { width, height },
    // What it scores is of no interest here.
    labels: [{ ...at, mask: new Uint8Array(width * height) }],
    classes: plan.classes,
    modelFolder: base.folder,
    input: settings.input,
    device: settings.device,
  }
  const onData = (prediction: FramePrediction) =>
    keepPrediction(engine.project, training, 'base', prediction)
  await engine.compute.run('scoreFrames', request, { signal, onData, patienceMs })
  return keptPrediction(engine.project, training, 'base', at)
}
