/** @file `--budget`: as many iterations as fit into a time on this machine. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'
import { cacheFolder } from '../db/layout.ts'
import type { NewTraining } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { type MeasuredTimes, withinBudget } from '../train/budget.ts'
import type { TrainEvent } from '../train/types.ts'
import { type Estimate, trainRequest } from './training-part.ts'
import type { Planned } from './training-plan.ts'

/** Writing the network, after the last step. */
const writingSeconds = 1

/** What the estimate says of a step and of a sample; `before` passed until it was made. */
function timesOf(
  { secondsPerStep, totalSeconds }: Estimate,
  settings: TrainSettings,
  before: number,
) {
  const { iterations, bank, batch, selfTraining } = settings
  const steps = iterations + (selfTraining?.iterations ?? 0)
  const samples = bank === 0 ? steps * batch : Math.min(bank, steps * batch)
  const sample = Math.max(0, totalSeconds - steps * secondsPerStep) / samples
  // Without a bank every step makes its own samples.
  const step = bank === 0 ? secondsPerStep + batch * sample : secondsPerStep
  return { step, sample, fixed: before + writingSeconds } satisfies MeasuredTimes
}

/**
 * Begins the training to measure its steps, stops it there, and returns its settings with as many
 * iterations as fit into `budget` seconds. Fixed from then on, so that they can be repeated.
 * @throws AppError what training throws
 */
export async function settingsWithin(
  engine: Engine,
  { base, labels, training }: Planned & { training: NewTraining },
  budget: number,
  { signal, onProgress }: LongWork,
): Promise<TrainSettings> {
  const { settings } = training
  const folder = join(cacheFolder(engine.project.dir), 'measured-training')
  const part = { name: 'measured', title: 'measure', settings, labels, modelName: 'Measured' }
  const request = trainRequest({ engine, training, base, provenance: {} }, part, folder)
  const enough = new AbortController()
  const started = performance.now()
  let times: MeasuredTimes | null = null
  const onData = (event: TrainEvent) => {
    if (event.kind !== 'estimate') return
    const passed = (performance.now() - started) / 1000
    times = timesOf(event, settings, passed - 2 * event.secondsPerStep)
    enough.abort()
  }
  const either = AbortSignal.any([enough.signal, ...(signal ? [signal] : [])])
  try {
    await engine.compute.run(
      'train',
      { ...request, resume: false },
      { signal: either, onProgress, onData },
    )
  } catch (error) {
    if (!times || signal?.aborted) throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (times) return withinBudget(settings, budget, times)
  throw new AppError('internal', 'the training ended without an estimate')
}
