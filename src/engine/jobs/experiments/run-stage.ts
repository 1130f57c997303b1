/** @file One stage of an experiment with one seed, in the compute process; what it tells is stored. */
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { LongWork } from '../../../shared/progress.ts'
import {
  listExperimentEpochs,
  saveCheckpoint,
  saveExperimentEpoch,
  setRunSize,
} from '../../db/experiment-results.ts'
import type { Engine } from '../../engine.ts'
import { bestOf } from '../../experiments/best-epoch.ts'
import type { EpochResult, StageEvent } from '../../experiments/types.ts'
import { readJson } from '../../formats/json.ts'
import { descriptionFile } from '../../models/model-folder.ts'
import { projectModelFolder } from '../../models/model-store.ts'
import { modelDescriptionSchema } from '../../models/types.ts'
import { keptModelId, stageFolder } from './experiment-folders.ts'
import {
  type ExperimentWork,
  epochSteps,
  type StageAt,
  stageOf,
  stageRequest,
} from './stage-request.ts'

/** How long a step, and the checkpoint after it, may take once an experiment is cancelled. */
const patienceMs = 60_000

export interface ExperimentStep {
  experiment: number
  seed: number
  stage: number
  epoch: number
  /** Of the epoch, from 1, and of how many. */
  step: number
  steps: number
  loss: number
  learningRate: number
}

/** What is told while an experiment runs. */
export interface ExperimentListener {
  onWarning?: (text: string) => void
  onStep?: (step: ExperimentStep) => void
  onEpoch?: (at: StageAt & { experiment: number }, result: EpochResult) => void
  /** Something is stored besides epochs: a state, a network. */
  onStored?: () => void
}

export interface FinishedStage {
  best: EpochResult
  bestFolder: string
  lastFolder: string
}

/** A stage that was trained to its end before. */
function finishedStage(
  { project }: Engine,
  work: ExperimentWork,
  at: StageAt,
): FinishedStage | null {
  const { id, settings } = work.experiment
  const folder = stageFolder(project, { experiment: id, ...at })
  const [bestFolder, lastFolder] = [join(folder, 'best'), join(folder, 'last')]
  const epochs = listExperimentEpochs(project, id).filter(
    ({ seed, stage }) => seed === at.seed && stage === at.stage,
  )
  const best = bestOf(epochs)
  const isWritten =
    existsSync(bestFolder) &&
    !existsSync(join(folder, 'state.bin')) &&
    (!settings.checkpoints.last || existsSync(lastFolder))
  const isWhole = best && epochs.length === stageOf(work, at).epochs && isWritten
  return isWhole ? { best, bestFolder, lastFolder } : null
}

async function store(
  { project }: Engine,
  { experiment }: ExperimentWork,
  at: StageAt,
  event: Extract<StageEvent, { kind: 'kept' }>,
): Promise<void> {
  const checkpoint = { ...at, kind: 'every', epoch: event.epoch } as const
  const model = keptModelId(experiment.id, checkpoint)
  const folder = projectModelFolder(project.dir, model)
  if (!existsSync(folder)) await rename(event.folder, folder)
  saveCheckpoint(project, experiment.id, { ...checkpoint, model })
}

/**
 * Trains a stage from the network in `modelFolder`, from where it was stopped; one that was trained
 * to its end is not trained again. Throws what `trainStage` throws.
 */
export async function runStage(
  engine: Engine,
  work: ExperimentWork,
  at: StageAt,
  modelFolder: string,
  { listener, long }: { listener: ExperimentListener; long: LongWork },
): Promise<FinishedStage> {
  const { project, compute } = engine
  const { id } = work.experiment
  const done = finishedStage(engine, work, at)
  if (done) return done
  const base = await readJson(join(modelFolder, descriptionFile), modelDescriptionSchema)
  const folder = stageFolder(project, { experiment: id, ...at })
  const start = { modelFolder, baseClasses: base.classes, folder }
  const steps = epochSteps(work)
  const told = { experiment: id, ...at }
  const onData = async (event: StageEvent): Promise<void> => {
    if (event.kind === 'ready') setRunSize(project, told, event)
    else if (event.kind === 'step') {
      const { kind: _, ...step } = event
      listener.onStep?.({ ...told, ...step, steps })
    } else if (event.kind === 'epoch') {
      saveExperimentEpoch(project, told, event.result)
      listener.onEpoch?.(told, event.result)
    } else await store(engine, work, at, event)
    if (event.kind === 'ready' || event.kind === 'kept') listener.onStored?.()
  }
  return await compute.run('trainStage', stageRequest(work, at, start), {
    ...long,
    onData,
    patienceMs,
  })
}
