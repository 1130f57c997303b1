/** @file `train`: from the project's labels to a network that counts in its picture. */
import { rm } from 'node:fs/promises'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { write } from '../db/handle.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { saveSettings } from '../db/settings.ts'
import { getSource } from '../db/sources.ts'
import { finishedPart, listTrainingScores } from '../db/training-results.ts'
import {
  createTraining,
  finishTraining,
  getTraining,
  startTraining,
  type Training,
} from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { libraryVersions } from '../location.ts'
import type { StoredModel } from '../models/types.ts'
import type { FramePrediction, TrainSummary } from '../train/types.ts'
import { loggedJob } from './logged-job.ts'
import { modelById } from './networks.ts'
import { settingsWithin } from './training-budget.ts'
import { installNetwork, removeOldWork, workFolder } from './training-folders.ts'
import { TrainingPace } from './training-pace.ts'
import { type Estimate, type TrainedStep, type TrainingWork, trainPart } from './training-part.ts'
import { finalPart, plannedParts } from './training-parts.ts'
import { type Planned, planTraining, type TrainWords, unfinishedTraining } from './training-plan.ts'
import { previewFrame } from './training-preview.ts'
import { runTrial, type Selection } from './training-trial.ts'

/** What is told before the first step. */
export interface TrainingForecast extends Estimate {
  /** Of all that is left, the check on held-out frames included. */
  allSeconds: number
}

export interface TrainListener {
  onWarning?: (text: string) => void
  /** It is in the list of trainings, and under way. */
  onStart?: (training: Training) => void
  onForecast?: (forecast: TrainingForecast) => void
  onStep?: (part: string, step: TrainedStep) => void
  /** What the network as it is now makes of a frame; without it, it is not asked. */
  onPreview?: (prediction: FramePrediction) => void
  /** The least time between two of them. */
  previewSeconds?: number | undefined
  /** A part has come to its end, or a score is there. */
  onStored?: () => void
}

const usualPreviewSeconds = 5

export interface TrainResult {
  training: Training
  model: StoredModel
  base: StoredModel
  /** Of the training on all labelled frames. */
  summary: TrainSummary
  /** Null when nothing was held out. */
  selection: Selection | null
  adopted: boolean
  warnings: string[]
  /** Of everything, in this call. */
  seconds: number
}

/** `Fine-tuned 2026-05-01 on 8 frames, from deeplabv3-mobilenetv2-voc` */
function nameOf({ createdAt, plan, baseId }: Training): string {
  const frames = plan.labels.length === 1 ? '1 frame' : `${plan.labels.length} frames`
  return `Fine-tuned ${createdAt.slice(0, 10)} on ${frames}, from ${baseId}`
}

function provenanceOf(
  project: Project,
  training: Training,
  selection: Selection | null,
  adopted: boolean,
) {
  const { createdAt, baseId, baseSha256, plan, settings } = training
  const sceneTapes = new Set(plan.backgroundFrames.map(({ source }) => source))
  const scores = selection && {
    base: { personIou: selection.base.personIou, loss: selection.base.loss },
    new: { personIou: selection.trained.personIou, loss: selection.trained.loss },
  }
  return {
    startedAt: createdAt,
    preset: settings.preset,
    base: { id: baseId, sha256: baseSha256 },
    labels: plan.labels.map(({ source, frame, sha256 }) => ({ tape: source, frame, sha256 })),
    heldOut: plan.heldOut.map(({ source, frame }) => ({ tape: source, frame })),
    classMap: plan.classMap,
    ...(settings.adapter && {
      scene: { tapes: Array.from(sceneTapes, (id) => getSource(project, id).sha256) },
    }),
    selection: scores,
    adopted,
    versions: libraryVersions(),
  }
}

/** How many times as long as the next part all parts take that are left. */
function partsLeft(project: Project, training: Training): number {
  const left = plannedParts(training).filter(
    ({ name }) => !finishedPart(project, training.id, name),
  )
  const [next = 1, ...others] = left.map(({ iterations }) => iterations)
  return others.reduce((sum, iterations) => sum + iterations / next, 1)
}

/** Both parts, one after the other; those that were finished before are not done again. */
async function trainParts(work: TrainingWork, long: LongWork) {
  const { training, labels } = work
  const trial = training.plan.heldOut.length > 0 ? await runTrial(work, long) : null
  const selection = trial?.selection ?? null
  const adopted = selection?.isBetter ?? true
  const provenance = provenanceOf(work.engine.project, training, selection, adopted)
  const part = {
    name: finalPart,
    title: 'train',
    settings: trial?.settings ?? training.settings,
    labels,
    modelName: nameOf(training),
  }
  const summary = await trainPart({ ...work, provenance }, part, long)
  return { selection, adopted, summary }
}

/**
 * The new network takes its place, and becomes the active one where it was found better: unless the
 * recipe is another one by now, through which it cannot look. Returns whether it did.
 */
async function adopt({ project }: Engine, training: Training, isBetter: boolean): Promise<boolean> {
  const adopted = isBetter && activeRecipe(project)?.geometryHash === training.geometryHash
  await installNetwork(project, training, finalPart)
  write(project, () => {
    finishTraining(project, training.id, { state: 'done', adopted })
    if (adopted) saveSettings(project, { activeModel: training.modelId })
  })
  await rm(workFolder(project, training.id), { recursive: true, force: true })
  return adopted
}

async function run(
  engine: Engine,
  { training, base, labels, warnings }: Planned & { training: Training },
  listener: TrainListener,
  long: LongWork,
): Promise<TrainResult> {
  const { project } = engine
  const { onWarning, onForecast } = listener
  const started = performance.now()
  for (const warning of warnings) onWarning?.(warning)
  await removeOldWork(project, training.id)
  let isTold = false
  const onEstimate = (estimate: Estimate) => {
    const allSeconds = estimate.totalSeconds * partsLeft(project, training)
    if (!isTold) onForecast?.({ ...estimate, allSeconds })
    isTold = true
  }
  const frame = listener.onPreview && previewFrame(training.plan, labels)
  const everySeconds = listener.previewSeconds ?? usualPreviewSeconds
  const work: TrainingWork = {
    ...{ engine, training, base, labels, provenance: {}, onEstimate },
    pace: new TrainingPace(() => plannedParts(training, listTrainingScores(project, training.id))),
    preview: frame && { frame, everySeconds },
    onStep: (part, step) => listener.onStep?.(part, step),
    onPreview: (prediction) => listener.onPreview?.(prediction),
    onStored: () => listener.onStored?.(),
  }
  const args = { training: training.id, model: training.modelId, base: training.baseId }
  const result = await loggedJob(project, 'train', args, long, async (inner, job) => {
    startTraining(project, training.id, job)
    listener.onStart?.(training)
    try {
      const ended = await trainParts(work, inner)
      return { ...ended, adopted: await adopt(engine, training, ended.adopted) }
    } catch (error) {
      const { code } = toAppError(error)
      const state = code === 'cancelled' ? 'cancelled' : 'failed'
      if (code !== 'disk-full') finishTraining(project, training.id, { state })
      throw withResumeHint(error)
    }
  })
  return {
    ...result,
    ...{ base, warnings },
    training: getTraining(project, training.id),
    model: await modelById(engine, training.modelId),
    seconds: (performance.now() - started) / 1000,
  }
}

/** A training that was cancelled is not lost. */
function withResumeHint(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'cancelled') return error
  return new AppError(
    'cancelled',
    'training was cancelled',
    'It can go on: on the screen Train of the workbench, or by `maskbench train --resume`.',
  )
}

/**
 * Trains a network on all labels of the project. Where frames are held out, it is first found out
 * on them whether that makes the network better; only then the new one becomes the active one.
 * @throws AppError what `planTraining` throws; `cancelled`, `training-diverged`, `not-enough-memory`,
 * `disk-full`, after which `resumeTraining` goes on
 */
export async function trainProject(
  engine: Engine,
  words: TrainWords,
  listener: TrainListener,
  work: LongWork,
): Promise<TrainResult> {
  const planned = await planTraining(engine, words)
  const settings =
    words.budget === undefined
      ? planned.training.settings
      : await settingsWithin(engine, planned, words.budget, work)
  const training = createTraining(engine.project, { ...planned.training, settings })
  return run(engine, { ...planned, training }, listener, work)
}

/**
 * Goes on with the project's last training, which ends with the network that it would have given
 * without the interruption.
 * @throws AppError `no-training`, `labels-changed`, and what training throws
 */
export async function resumeTraining(
  engine: Engine,
  listener: TrainListener,
  work: LongWork,
): Promise<TrainResult> {
  return run(engine, await unfinishedTraining(engine), listener, work)
}
