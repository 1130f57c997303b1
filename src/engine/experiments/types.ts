/** @file A stage of an experiment with one seed, as the compute process is asked for it. Plain data. */
import type { AugmentationNode } from '../../shared/augmentation.ts'
import type { CheckpointRule, ExperimentSettings, LayerGroup } from '../../shared/experiment.ts'
import type { Size } from '../../shared/recipe.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'

/** A picture with its mask, as it was when the experiment began. */
export interface StagePicture extends Size {
  path: string
  /** Of the mask. */
  sha256: string
  /** Where its deflated pixels lie in the file of masks. */
  offset: number
  bytes: number
}

export interface StageRequest {
  train: readonly StagePicture[]
  validation: readonly StagePicture[]
  /** File with the masks of both. */
  masks: string
  /** For each of 256 values of a mask the channel that it is, 255 = ignored. */
  channels: readonly number[]
  /** Names in channel order. */
  classes: string[]
  /** For each class the one of the base network that it starts from, null = none. */
  classMap: Record<string, string | null>
  /** Says of the network what pictures it was trained with. */
  geometryHash: string
  /** Folder of the network that the stage starts from. */
  modelFolder: string
  /** Id and name of the network that it makes. */
  model: { id: string; name: string }
  settings: TrainSettings
  fit: ExperimentSettings['fit']
  augmentation: AugmentationNode | null
  layerGroups: readonly LayerGroup[]
  /** Whether each step takes the mean over all scales, or one that is drawn. */
  everyScale: boolean
  epochs: number
  stepsPerEpoch: number
  checkpoints: CheckpointRule
  /** Folder for the state to resume from and for the networks that are kept. */
  folder: string
  /** What model.json says of this training. */
  provenance: Record<string, unknown>
}

/** An epoch that has been validated. */
export interface EpochResult {
  /** From 1. */
  epoch: number
  /** Mean over its steps. */
  trainLoss: number
  validationLoss: number
  /** Shares; null where there is nothing to divide by. */
  meanIou: number | null
  meanDice: number | null
  pixelAccuracy: number | null
  classIou: (number | null)[]
  classDice: (number | null)[]
  learningRate: number
  seconds: number
  validationSeconds: number
}

export type StageEvent =
  | { kind: 'ready'; device: string; parameters: number; memoryBytes: number }
  | { kind: 'step'; epoch: number; step: number; loss: number; learningRate: number }
  | { kind: 'epoch'; result: EpochResult }
  /** A network was written that the rule keeps besides best and last. */
  | { kind: 'kept'; epoch: number; folder: string }

export interface StageSummary {
  best: EpochResult
  epochs: EpochResult[]
  /** Folders of the best network, which the next stage starts from, and of the last one. */
  bestFolder: string
  lastFolder: string
}
