/** @file The trainings of a project as its pages show them. */
import type { Selection } from '../../shared/contract/models.ts'
import type { TrainingState } from '../../shared/contract/training.ts'
import { getJob, type StoredJob } from '../db/jobs.ts'
import type { FrameAt } from '../db/masks.ts'
import { listTrainingLooks, type TrainingLook } from '../db/training-looks.ts'
import { listTrainingScores, partCurve } from '../db/training-results.ts'
import { listTrainings, type Training } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { builtInDescription, builtInId } from '../models/built-in.ts'
import { ownModels } from '../models/model-store.ts'
import { personIou } from '../train/person-iou.ts'
import type { FrameScore, ScoreResult } from '../train/types.ts'
import { liveTraining } from './live-training.ts'
import { bestAttempt } from './training-attempts.ts'
import { isIn } from './training-frames.ts'
import { plannedParts } from './training-parts.ts'
import { unfinishedTraining } from './training-plan.ts'

/** Of all parts of a training. */
const mostSteps = 500

const onTape = ({ source, frame }: FrameAt) => ({ tape: source, frame })

/** How it stands: its row is the trainer's word, the job's the one of who was there at the end. */
function stateOf({ state }: Training, job: StoredJob | undefined): TrainingState['state'] {
  if (state === 'running' && job && job.state !== 'running' && job.state !== 'queued')
    return job.state === 'done' ? 'interrupted' : job.state
  return state === 'cancelled' && job?.state === 'interrupted' ? 'interrupted' : state
}

const endless: readonly string[] = ['training-diverged', 'bad-value']

/** Whether the project's last training could go on; one that broke down would break down again. */
async function canGoOn(engine: Engine, job: StoredJob | undefined): Promise<boolean> {
  if (job?.state === 'failed' && endless.includes(job.error?.code ?? '')) return false
  return unfinishedTraining(engine).then(
    () => true,
    () => false,
  )
}

function iouOf(score: FrameScore | undefined): number | null {
  return score && score.union > 0 ? score.intersection / score.union : null
}

function heldOutFrames(
  frames: readonly FrameAt[],
  base: ScoreResult | undefined,
  trained: ScoreResult | undefined,
): TrainingState['heldOut'] {
  return frames.map((at) => {
    const isThis = isIn([at])
    return {
      ...onTape(at),
      base: iouOf(base?.frames.find(isThis)),
      new: iouOf(trained?.frames.find(isThis)),
    }
  })
}

function selectionOf(base?: ScoreResult, trained?: ScoreResult): Selection | null {
  if (!base || !trained) return null
  const sums = ({ personIou, loss }: ScoreResult) => ({ personIou, loss })
  return { base: sums(base), new: sums(trained) }
}

/** What all looks of a training were at; the base network has scored it with the held-out frames. */
function watchedIn(looks: readonly TrainingLook[], base?: ScoreResult): TrainingState['watched'] {
  const [look] = looks
  if (!look) return null
  const before = base?.frames.find(isIn([look.score]))
  return { ...onTape(look.score), base: before ? personIou(before) : null }
}

function looksOf(looks: readonly TrainingLook[], name: string) {
  return looks
    .filter(({ part }) => part === name)
    .map(({ iteration, score }) => ({ iteration, personIou: personIou(score) }))
}

type Names = ReadonlyMap<string, string>

function describe({ project }: Engine, training: Training, names: Names) {
  const { id, settings, plan, baseId, modelId, device, adopted, createdAt, finishedAt } = training
  const job = training.job === null ? undefined : getJob(project, training.job)
  const state = stateOf(training, job)
  const scores = listTrainingScores(project, id)
  const base = scores.get('base')
  const trained = bestAttempt(settings, scores)?.score
  const live = liveTraining(project, id)
  const parts = plannedParts(training, scores)
  const most = mostSteps / parts.length
  const looks = listTrainingLooks(project, id)
  const shown: Omit<TrainingState, 'resumable'> = {
    ...{ id, state, settings, model: modelId, device, adopted, createdAt },
    job: training.job,
    finishedAt: state === 'running' ? null : finishedAt,
    preset: settings.preset,
    base: { id: baseId, name: names.get(baseId) ?? baseId },
    labels: plan.labels.map(onTape),
    heldOut: heldOutFrames(plan.heldOut, base, trained),
    parts: parts.map((part) => {
      const { name, iterations } = part
      const steps = partCurve(project, id, { part: name, iterations, most })
      return { ...part, steps, looks: looksOf(looks, name) }
    }),
    forecast: live?.forecast ?? null,
    selection: selectionOf(base, trained),
    warnings: plan.warnings,
    error: state === 'failed' ? (job?.error ?? null) : null,
    watched: watchedIn(looks, base),
    preview: live?.picture ? { ...onTape(live.picture.at), version: live.picture.version } : null,
  }
  return { shown, job }
}

/** The latest first. */
export async function trainingStates(engine: Engine): Promise<TrainingState[]> {
  const { project } = engine
  const own = await ownModels(project.dir)
  const names = new Map([[builtInId, builtInDescription.name], ...own.map(named)])
  const states: TrainingState[] = []
  for (const [i, training] of listTrainings(project).entries()) {
    const { shown, job } = describe(engine, training, names)
    const isStopped = shown.state !== 'running' && shown.state !== 'done'
    const resumable = i === 0 && isStopped && (await canGoOn(engine, job))
    states.push({ ...shown, resumable })
  }
  return states
}

function named({ id, name }: { id: string; name: string }): [string, string] {
  return [id, name]
}
