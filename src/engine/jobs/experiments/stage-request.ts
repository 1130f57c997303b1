/** @file What the compute process is asked for, for a stage of an experiment. */
import { AppError } from '../../../shared/errors.ts'
import type { ExperimentStage } from '../../../shared/experiment.ts'
import { type TrainSettings, trainSettingsSchema } from '../../../shared/train-settings.ts'
import type { Experiment, ExperimentPlan } from '../../db/experiments.ts'
import { asItIs } from '../../db/image-sets.ts'
import type { StageRequest } from '../../experiments/types.ts'
import { libraryVersions } from '../../location.ts'
import { keptModelId } from './experiment-folders.ts'
import { stepsPerEpochOf } from './plan-experiment.ts'
import type { WrittenMasks } from './write-masks.ts'

/** What all stages of all seeds have in common. */
export interface ExperimentWork {
  experiment: Experiment
  plan: ExperimentPlan
  pictures: WrittenMasks
  device: string
  threads: number | null
}

/** A stage with one of the seeds. */
export interface StageAt {
  seed: number
  /** From 0. */
  stage: number
}

export function stageOf({ experiment }: ExperimentWork, { stage }: StageAt): ExperimentStage {
  const found = experiment.settings.stages[stage]
  if (found) return found
  throw new AppError('internal', `experiment ${experiment.id} has no stage ${stage}`)
}

/** Steps of an epoch. */
export function epochSteps({ experiment, plan }: ExperimentWork): number {
  return stepsPerEpochOf(experiment.settings, plan.train.length)
}

/** The settings as the trainer takes them. Each stage draws lots of its own. */
function settingsOf(work: ExperimentWork, at: StageAt): TrainSettings {
  const { settings } = work.experiment
  const { scope, epochs, learningRate, schedule, warmUp } = stageOf(work, at)
  const { network, augmentation, multiScale, loss, optimiser, clip } = settings
  const { auxiliary, batchNorm, batch, input } = settings
  const isFresh = at.stage === 0 && network.kind === 'model'
  return trainSettingsSchema.parse({
    ...{ preset: settings.preset ?? settings.name, adapter: false, augmentation: {} },
    ...{ scope, schedule, warmUp, loss, optimiser, clip, auxiliary, batchNorm, batch, input },
    head: isFresh ? network.head : 'copy',
    iterations: epochs * epochSteps(work),
    learningRate: { old: learningRate, new: learningRate },
    // Samples that are always the same are prepared once.
    bank: augmentation ? 0 : work.plan.train.length,
    ...(multiScale && { scales: multiScale.scales }),
    seed: (at.seed ^ Math.imul(at.stage, 0x9e3779b1)) >>> 0,
    ...{ device: work.device, threads: work.threads },
  })
}

/** What model.json says of a network that an experiment made. */
export function provenanceOf(
  { experiment, plan }: ExperimentWork,
  { seed, stage }: StageAt,
): Record<string, unknown> {
  const { settings, id, startedAt, createdAt } = experiment
  const { id: base = '', sha256 = '' } = plan.base ?? {}
  return {
    ...{ startedAt: startedAt ?? createdAt, preset: settings.preset ?? '', adopted: false },
    base: { id: base, sha256 },
    experiment: { id, name: settings.name, seed, stage, settings },
    pictures: { train: plan.train.length, validation: plan.validation.length },
    versions: libraryVersions(),
  }
}

export interface StageStart {
  /** Folder of the network that the stage starts from, and its classes by name. */
  modelFolder: string
  baseClasses: readonly string[]
  folder: string
}

export function stageRequest(
  work: ExperimentWork,
  at: StageAt,
  { modelFolder, baseClasses, folder }: StageStart,
): StageRequest {
  const { experiment, plan, pictures } = work
  const { settings } = experiment
  const { classes, channels } = plan
  const { fit, augmentation, layerGroups, multiScale, checkpoints } = settings
  const from = (name: string) => (baseClasses.includes(name) ? name : null)
  const trainSettings = settingsOf(work, at)
  return {
    ...pictures,
    ...{ classes, channels, modelFolder, folder, geometryHash: asItIs },
    classMap: Object.fromEntries(classes.map((name) => [name, from(name)])),
    model: {
      id: keptModelId(experiment.id, { ...at, kind: 'stage', epoch: 0 }),
      name: settings.name,
    },
    settings: trainSettings,
    ...{ fit, augmentation, layerGroups, checkpoints },
    everyScale: multiScale?.each === 'all',
    epochs: stageOf(work, at).epochs,
    stepsPerEpoch: epochSteps(work),
    provenance: { ...provenanceOf(work, at), settings: trainSettings },
  }
}
