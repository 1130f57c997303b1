/** @file An experiment from its start, or from where it was stopped, to its end. */
import { rm } from 'node:fs/promises'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { type LongWork, programEnds } from '../../../shared/progress.ts'
import { nextExperiment } from '../../db/experiment-queue.ts'
import {
  type Experiment,
  type ExperimentPlan,
  finishExperiment,
  getExperiment,
  setExperimentPlan,
  startExperiment,
} from '../../db/experiments.ts'
import type { Engine } from '../../engine.ts'
import { loggedJob } from '../logged-job.ts'
import { modelById } from '../networks.ts'
import { experimentFolder } from './experiment-folders.ts'
import { planExperiment } from './plan-experiment.ts'
import { isSeedDone, runSeed, stepsOfSeed } from './run-seed.ts'
import type { ExperimentListener } from './run-stage.ts'
import type { ExperimentWork } from './stage-request.ts'
import { writeMasks } from './write-masks.ts'

export interface RunOptions {
  /** A device's name, or 'auto'. */
  device?: string | undefined
  /** Processor threads; undefined = one per core. */
  threads?: number | undefined
}

/** What it works on, fixed when it first starts. Throws `experiment-changed` for another network. */
async function fixedPlan(engine: Engine, { id, settings, plan }: Experiment) {
  if (!plan) {
    const made = await planExperiment(engine, settings)
    setExperimentPlan(engine.project, id, made)
    return made
  }
  if (plan.base && (await modelById(engine, plan.base.id)).sha256 !== plan.base.sha256)
    throw new AppError(
      'experiment-changed',
      `the network ${plan.base.id} is another one than the experiment began with`,
      'Make a new experiment with the same settings.',
    )
  return plan
}

async function runSeeds(
  engine: Engine,
  experiment: Experiment,
  plan: ExperimentPlan,
  {
    listener,
    long,
    options,
  }: { listener: ExperimentListener; long: LongWork; options: RunOptions },
): Promise<void> {
  const { device = 'auto', threads = null } = options
  const pictures = await writeMasks(engine.project, experiment.id, plan, long)
  const work: ExperimentWork = { experiment, plan, pictures, device, threads }
  for (const [i, seed] of experiment.settings.seeds.entries()) {
    if (isSeedDone(engine, work, seed)) continue
    await runSeed(engine, work, seed, { listener, long, before: i * stepsOfSeed(work) })
  }
}

/** One that was cancelled is not lost. */
function stopped(id: number): AppError {
  return new AppError(
    'cancelled',
    'the experiment was cancelled',
    `It can go on: in the workbench, or by \`maskbench experiment run --resume ${id}\`.`,
  )
}

/** How an experiment ends that threw: a program that ends interrupts it. */
function endOf(error: AppError, signal: AbortSignal | undefined) {
  if (error.code !== 'cancelled') return 'failed'
  return signal?.reason === programEnds ? 'interrupted' : 'cancelled'
}

/**
 * Runs an experiment, or what is left of it. It ends as it would have without an interruption.
 * @throws AppError what `planExperiment` and training throw; `experiment-changed`; `cancelled`, after
 * a checkpoint. The experiment says so, too.
 */
export async function runExperiment(
  engine: Engine,
  id: number,
  { listener = {}, ...options }: RunOptions & { listener?: ExperimentListener | undefined },
  long: LongWork,
): Promise<void> {
  const { project } = engine
  const { settings } = getExperiment(project, id)
  const args = { experiment: id, name: settings.name }
  await loggedJob(project, 'experiment', args, long, async (inner, job) => {
    startExperiment(project, id, job)
    listener.onStored?.()
    try {
      const plan = await fixedPlan(engine, getExperiment(project, id))
      for (const warning of plan.warnings) listener.onWarning?.(warning)
      const experiment = getExperiment(project, id)
      await runSeeds(engine, experiment, plan, { listener, long: inner, options })
      finishExperiment(project, id, 'done')
      await rm(experimentFolder(project, id), { recursive: true, force: true })
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code !== 'disk-full')
        finishExperiment(project, id, endOf(failure, inner.signal), failure)
      throw failure.code === 'cancelled' ? stopped(id) : failure
    } finally {
      listener.onStored?.()
    }
  })
}

export interface QueueResult {
  done: number[]
  failed: { experiment: number; error: AppError }[]
}

/**
 * Runs the queue to its end. One that fails makes room for the next.
 * @throws AppError `cancelled`, `disk-full`
 */
export async function runQueue(
  engine: Engine,
  options: RunOptions & { listener?: ExperimentListener | undefined },
  long: LongWork,
): Promise<QueueResult> {
  const result: QueueResult = { done: [], failed: [] }
  for (;;) {
    const id = nextExperiment(engine.project)
    if (id === undefined) return result
    try {
      await runExperiment(engine, id, options, long)
      result.done.push(id)
    } catch (error) {
      const failure = toAppError(error)
      if (failure.code === 'cancelled' || failure.code === 'disk-full') throw error
      result.failed.push({ experiment: id, error: failure })
    }
  }
}
