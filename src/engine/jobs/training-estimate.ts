/** @file How long a training will take: by earlier ones of its shape, or a rough figure. */
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { Project } from '../db/project.ts'
import { finishedPart, secondsOfSteps } from '../db/training-results.ts'
import { listTrainings, type NewTraining, type Training } from '../db/trainings.ts'
import { plannedParts } from './training-parts.ts'

/** What a part of a training takes. */
interface PartTimes {
  /** A step. */
  step: number
  /** Everything before the first step and after the last. */
  fixed: number
}

export interface TrainingEstimate {
  /** Of all parts. */
  seconds: number
  /** Whether steps of this shape were timed here. */
  isMeasured: boolean
  /** Where those steps were computed; null where there are none. */
  device: string | null
}

/** Everything that decides how long a step takes, besides the machine. */
function shapeOf({ baseSha256, settings }: NewTraining): string {
  const { preset, scope, adapter, input, batch, backend, device, threads } = settings
  return JSON.stringify([
    ...[baseSha256, preset, scope, adapter, input.width, input.height],
    ...[batch, backend, device, threads],
  ])
}

function measuredTimes(project: Project, training: Training): PartTimes | null {
  for (const { name } of plannedParts(training).toReversed()) {
    const summary = finishedPart(project, training.id, name)
    if (!summary) continue
    const { iterations, seconds, secondsPerStep } = summary
    return { step: secondsPerStep, fixed: Math.max(0, seconds - iterations * secondsPerStep) }
  }
  const step = secondsOfSteps(project, training.id)
  return step === undefined ? null : { step, fixed: 0 }
}

/**
 * Seconds for a pixel of a sample with the built-in network on two cores: a part of the recommended
 * preset takes about a minute at 320x240, steps of the other scopes in proportion.
 */
const secondsPerPixel = { head: 8e-9, adapter: 7e-7, all: 3.2e-6 } as const
/** Augmenting a sample, and computing its features. */
const secondsPerSamplePixel = 8e-7
const roughFixed = 4

function roughTimes(settings: TrainSettings, scale: number): PartTimes {
  const { adapter, scope, batch, bank, input, iterations } = settings
  const pixels = input.width * input.height
  const kind = adapter ? 'adapter' : scope === 'head' ? 'head' : 'all'
  const samples = bank === 0 ? 0 : Math.min(bank, iterations * batch)
  return {
    step: scale * batch * pixels * secondsPerPixel[kind],
    fixed: roughFixed + scale * samples * pixels * secondsPerSamplePixel,
  }
}

/**
 * What the parts of a training that has not begun will take together.
 * @param scale see `networkScale`
 */
export function estimateTraining(
  project: Project,
  training: NewTraining,
  scale = 1,
): TrainingEstimate {
  const shape = shapeOf(training)
  const alike = listTrainings(project).filter((other) => shapeOf(other) === shape)
  const sum = ({ step, fixed }: PartTimes): number =>
    plannedParts(training).reduce((all, { iterations }) => all + fixed + iterations * step, 0)
  for (const other of alike) {
    const times = measuredTimes(project, other)
    if (times) return { seconds: sum(times), isMeasured: true, device: other.device }
  }
  return { seconds: sum(roughTimes(training.settings, scale)), isMeasured: false, device: null }
}
