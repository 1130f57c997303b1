/** @file One part of a training: a network trained on some of the labels, in the compute process. */
import { existsSync } from 'node:fs'
import { toAppError } from '../../shared/errors.ts'
import type { JobProgress, LongWork } from '../../shared/progress.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { getSource } from '../db/sources.ts'
import { saveTrainingLook } from '../db/training-looks.ts'
import {
  finishedPart,
  listTrainingScores,
  StepWriter,
  saveFinishedPart,
  saveTrainingScore,
  type TrainingStep,
} from '../db/training-results.ts'
import { type NewTraining, setTrainingDevice, type Training } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import type { StoredModel } from '../models/types.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import type {
  FramePrediction,
  FrameReference,
  LabelledFrame,
  PreviewRequest,
  ScoreResult,
  TrainEvent,
  TrainRequest,
  TrainSummary,
  TrainTape,
} from '../train/types.ts'
import { partFolder, partModelFolder } from './training-folders.ts'
import { isIn } from './training-frames.ts'
import type { TrainingPace } from './training-pace.ts'
import { keepPrediction } from './training-predictions.ts'
import { trainingRecipe } from './training-recipe.ts'

export type Estimate = Extract<TrainEvent, { kind: 'estimate' }>
export type TrainedStep = Omit<TrainingStep, 'part'>

/** How long a step, and the checkpoint after it, may take once the training is cancelled. */
const patienceMs = 60_000

/** What the parts of a training have in common. */
interface RequestContext {
  engine: Engine
  training: NewTraining
  base: StoredModel
  /** What model.json says of the training besides what the trainer knows. */
  provenance: Record<string, unknown>
  /** The frame that the network looks at while it is trained. */
  preview?: PreviewRequest | undefined
}

/** A training that is under way. */
export interface TrainingWork extends RequestContext {
  training: Training
  labels: readonly LabelledFrame[]
  pace: TrainingPace
  onEstimate(estimate: Estimate): void
  onStep(part: string, step: TrainedStep): void
  /** The network as it is now has looked at the preview's frame. */
  onPreview(prediction: FramePrediction): void
  /** A part has come to its end, or a score is there. */
  onStored(): void
}

export interface Part {
  /** Names its folder and its curve. */
  name: string
  /** What the user sees of it. */
  title: string
  settings: TrainSettings
  labels: readonly LabelledFrame[]
  /** What the network is called. */
  modelName: string
}

/** The tapes of these frames, as a compute process reads them. */
export function tapesOf(
  { project }: Engine,
  training: NewTraining,
  frames: readonly FrameReference[],
): TrainTape[] {
  const recipe = trainingRecipe(project, training)
  const ids = [...new Set(frames.map(({ source }) => source))].sort((a, b) => a - b)
  return ids.map((id) => {
    const source = getSource(project, id)
    const index = loadFrameIndex(project, source)
    return { source: id, index, filters: filterChain(recipe, source.info) }
  })
}

/** The same work, its stages named after the part they belong to, its time left that of all parts. */
function titled({ signal, onProgress }: LongWork, title: string, pace: TrainingPace): LongWork {
  return {
    signal,
    onProgress: (progress: JobProgress) =>
      onProgress?.({ ...pace.whole(progress), stage: `${title}: ${progress.stage}` }),
  }
}

/** What the compute process is asked for. */
export function trainRequest(
  { engine, training, base, provenance, preview }: RequestContext,
  part: Part,
  folder: string,
): TrainRequest {
  const { project } = engine
  const { plan, geometryHash, modelId } = training
  const { backgroundFrames, unlabelledFrames, classes, classMap } = plan
  const shown = preview ? [preview.frame] : []
  const frames = [...shown, ...part.labels, ...backgroundFrames, ...unlabelledFrames]
  return {
    tapes: tapesOf(engine, training, frames),
    size: trainingRecipe(project, training).size,
    labels: [...part.labels],
    backgroundFrames,
    unlabelledFrames: part.settings.selfTraining ? unlabelledFrames : [],
    modelFolder: base.folder,
    ...{ classes, classMap, geometryHash },
    settings: part.settings,
    model: { id: modelId, name: part.modelName },
    folder,
    resume: true,
    provenance,
    preview,
  }
}

/** Trains a part, from where it was stopped; one that was trained to its end is not trained again. */
export async function trainPart(
  work: TrainingWork,
  part: Part,
  long: LongWork,
): Promise<TrainSummary> {
  const { engine, training } = work
  const { project, compute } = engine
  const done = finishedPart(project, training.id, part.name)
  if (done && existsSync(partModelFolder(project, training.id, part.name))) return done
  work.pace.begin(part.name)
  const steps = new StepWriter(project, training.id, part.name)
  const onData = (event: TrainEvent) => {
    if (event.kind === 'step') {
      steps.append(event)
      work.onStep(part.name, event)
    } else if (event.kind === 'preview') {
      const { iteration, score } = event
      saveTrainingLook(project, training.id, { part: part.name, iteration, score })
      work.onPreview(event)
    } else if (event.kind === 'estimate') {
      setTrainingDevice(project, training.id, event.device)
      work.onEstimate(event)
    }
  }
  try {
    const request = trainRequest(work, part, partFolder(project, training.id, part.name))
    const summary = await compute.run('train', request, {
      ...titled(long, part.title, work.pace),
      onData,
      patienceMs,
    })
    steps.flush()
    saveFinishedPart(project, training.id, part.name, summary)
    work.onStored()
    return summary
  } catch (error) {
    flushAfter(steps, error)
    throw error
  }
}

/** Stores the last steps of a training that failed, unless storing is what failed. */
function flushAfter(steps: StepWriter, error: unknown): void {
  if (toAppError(error).code !== 'disk-full') steps.flush()
}

/** The score of a network on the held-out frames, computed once. */
export async function scoreNetwork(
  { engine, training, labels, pace, onStored }: TrainingWork,
  network: { name: string; folder: string; title: string },
  long: LongWork,
): Promise<ScoreResult> {
  const { project, compute } = engine
  const stored = listTrainingScores(project, training.id).get(network.name)
  if (stored) return stored
  const { heldOut, classes } = training.plan
  const { input, device, threads } = training.settings
  const request = {
    tapes: tapesOf(engine, training, heldOut),
    size: trainingRecipe(project, training).size,
    labels: labels.filter(isIn(heldOut)),
    ...{ classes, modelFolder: network.folder, input, device },
    ...(threads === null ? {} : { threads }),
  }
  const onData = (prediction: FramePrediction) =>
    keepPrediction(project, training, network.name, prediction)
  const work = { ...titled(long, network.title, pace), onData }
  const score = await compute.run('scoreFrames', request, work)
  saveTrainingScore(project, training.id, network.name, score)
  onStored()
  return score
}
