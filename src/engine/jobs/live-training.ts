/** @file What is known of the training that is under way and stored nowhere: it outlives a page. */
import type { TrainingState } from '../../shared/contract/training.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { FrameAt } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import type { Training } from '../db/trainings.ts'
import type { FramePrediction } from '../train/types.ts'
import type { TrainingForecast } from './train-project.ts'
import { predictionMask } from './training-predictions.ts'

export interface LivePicture {
  at: FrameAt
  mask: ClassMask
  /** From 1; another one is another picture. */
  version: number
}

export class LiveTraining {
  readonly training: Training
  forecast: TrainingState['forecast'] = null
  picture: LivePicture | null = null
  readonly #project: Project

  /** @param before what was known of it when it was stopped */
  constructor(project: Project, training: Training, before?: LiveTraining) {
    this.#project = project
    this.training = training
    this.picture = before?.picture ?? null
  }

  tell({ secondsPerStep, allSeconds, memoryBytes }: TrainingForecast): void {
    this.forecast = { secondsPerStep, seconds: allSeconds, memoryBytes }
  }

  show(prediction: FramePrediction): void {
    this.picture = {
      at: { source: prediction.source, frame: prediction.frame },
      mask: predictionMask(this.#project, this.training, prediction),
      version: (this.picture?.version ?? 0) + 1,
    }
  }
}

/** The latest training of each project that this process has worked on. */
const latest = new WeakMap<Project, LiveTraining>()

/** What is known of a training besides what is stored; undefined where nothing is. */
export function liveTraining(project: Project, training: number): LiveTraining | undefined {
  const live = latest.get(project)
  return live?.training.id === training ? live : undefined
}

export function beginLiveTraining(project: Project, training: Training): LiveTraining {
  const live = new LiveTraining(project, training, liveTraining(project, training.id))
  latest.set(project, live)
  return live
}
