/** @file What the networks of a training made of its held-out frames; in the cache, frame by frame. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync, inflateSync } from 'node:zlib'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask, unpackMask } from '../../shared/mask-codec.ts'
import { cacheFolder } from '../db/layout.ts'
import type { FrameAt } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import { listTrainingScores } from '../db/training-results.ts'
import type { Training } from '../db/trainings.ts'
import { replaceFile } from '../projects/replace-file.ts'
import type { FramePrediction } from '../train/types.ts'
import { bestAttempt } from './training-attempts.ts'
import { trainingRecipe } from './training-recipe.ts'

/** `network` is `base`, or the part that trained it. */
function fileOf({ dir }: Project, training: number, network: string, { source, frame }: FrameAt) {
  return join(cacheFolder(dir), 'trainings', `${training}`, `${network}-${source}-${frame}.bin`)
}

/** A prediction as a mask: 0 … 255 = person probability. */
export function predictionMask(
  project: Project,
  training: Training,
  { probability }: FramePrediction,
): ClassMask {
  return { ...trainingRecipe(project, training).size, data: probability }
}

/** Keeps what a network made of a frame; a cache that cannot be written is no reason to stop. */
export async function keepPrediction(
  project: Project,
  training: Training,
  network: string,
  prediction: FramePrediction,
): Promise<void> {
  const bytes = deflateSync(packMask(predictionMask(project, training, prediction)))
  await replaceFile(fileOf(project, training.id, network, prediction), bytes).catch(() => {})
}

/** What was kept of the base, or of the better network of the trial; null where there is nothing. */
export async function keptPrediction(
  project: Project,
  training: Training,
  which: 'base' | 'new',
  at: FrameAt,
): Promise<ClassMask | null> {
  const scores = listTrainingScores(project, training.id)
  const network = which === 'base' ? 'base' : bestAttempt(training.settings, scores)?.name
  if (network === undefined) return null
  const bytes = await readFile(fileOf(project, training.id, network, at)).catch(() => null)
  return bytes && unpackMask(inflateSync(bytes))
}
