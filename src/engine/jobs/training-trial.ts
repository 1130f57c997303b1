/** @file The trial: does training help on painted frames that were held out of it? */
import type { LongWork } from '../../shared/progress.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { ScoreResult, TrainSummary } from '../train/types.ts'
import { type Attempt, attemptsOf, isBetter } from './training-attempts.ts'
import { partModelFolder } from './training-folders.ts'
import { isIn } from './training-frames.ts'
import { scoreNetwork, type TrainingWork, trainPart } from './training-part.ts'

/** The selection score of a training. */
export interface Selection {
  base: ScoreResult
  /** Of the network trained without the held-out frames by the settings that won. */
  trained: ScoreResult
  /** Whether self-training was left out because the network was better without it. */
  withoutSelfTraining: boolean
  /** Whether `trained` is better than `base`. */
  isBetter: boolean
}

export interface Trial {
  selection: Selection
  /** For the training on all frames. */
  settings: TrainSettings
  summaries: TrainSummary[]
}

/** Trains without the held-out frames and compares with the base on them. */
export async function runTrial(work: TrainingWork, long: LongWork): Promise<Trial> {
  const { engine, training, base, labels } = work
  const { heldOut } = training.plan
  const isHeldOut = isIn(heldOut)
  const kept = labels.filter((label) => !isHeldOut(label))
  const network = { name: 'base', folder: base.folder, title: 'score the network before training' }
  const before = await scoreNetwork(work, network, long)
  const tried: { attempt: Attempt; summary: TrainSummary; score: ScoreResult }[] = []
  for (const attempt of attemptsOf(training.settings)) {
    const part = { ...attempt, labels: kept, modelName: 'Trial without the held-out frames' }
    const summary = await trainPart(work, part, long)
    const folder = partModelFolder(engine.project, training.id, attempt.name)
    const scored = { name: attempt.name, folder, title: 'score the trained network' }
    tried.push({ attempt, summary, score: await scoreNetwork(work, scored, long) })
  }
  const best = tried.reduce((one, other) => (isBetter(other.score, one.score) ? other : one))
  const selection: Selection = {
    base: before,
    trained: best.score,
    withoutSelfTraining:
      training.settings.selfTraining !== null && best.attempt.settings.selfTraining === null,
    isBetter: isBetter(best.score, before),
  }
  const summaries = tried.map(({ summary }) => summary)
  return { selection, settings: best.attempt.settings, summaries }
}
