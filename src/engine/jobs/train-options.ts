/** @file What the user may change about a preset's settings. */
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import {
  type OptimiserSettings,
  type ScheduleSettings,
  type TrainingBackend,
  type TrainSettings,
  trainSettingsSchema,
} from '../../shared/train-settings.ts'

export const optimisers = ['adam', 'adamw', 'sgd'] as const
export const schedules = ['constant', 'cosine', 'poly', 'step', 'one-cycle'] as const
export const losses = ['cross-entropy', 'dice', 'cross-entropy+dice', 'focal'] as const

/** Everything that can be said about how a network is trained; what is not said the preset says. */
export interface SettingsWords {
  /** `head`, `all`, or the name of the first layer that is trained. */
  scope?: string | undefined
  iterations?: number | undefined
  /** Of the base network's layers; new layers keep their ratio to it. */
  learningRate?: number | undefined
  batch?: number | undefined
  optimizer?: (typeof optimisers)[number] | undefined
  schedule?: (typeof schedules)[number] | undefined
  loss?: (typeof losses)[number] | undefined
  input?: Size | undefined
  backend?: TrainingBackend | undefined
  device?: string | undefined
  threads?: number | undefined
  seed?: number | undefined
}

/** A schedule of three steps has its falls after each third. */
const falls = 3

function scheduleOf(kind: ScheduleSettings['kind'], iterations: number): unknown {
  return kind === 'step'
    ? { kind, every: Math.max(1, Math.ceil(iterations / falls)), factor: 0.1 }
    : { kind }
}

function optimiserOf(kind: OptimiserSettings['kind'], preset: OptimiserSettings): unknown {
  return kind === preset.kind ? preset : { kind }
}

/** Checks the settings; what they cannot be is told in the user's words. */
function checked(settings: unknown, { learningRate }: SettingsWords): TrainSettings {
  const result = trainSettingsSchema.safeParse(settings)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const what = issue?.path.join('.') ?? ''
  if (what.startsWith('learningRate'))
    throw new AppError(
      'bad-value',
      `a learning rate of ${learningRate} is far too high: the network would be destroyed`,
      'Learning rates from 0.00001 to 0.01 are usual; leave it out to use what the preset says.',
    )
  throw new AppError(
    'bad-value',
    `the training cannot have this ${what}: ${issue?.message ?? ''}`,
    'Leave the option out to use what the preset says.',
  )
}

/**
 * A preset's settings with the user's own in their place. A scope of the user's own is trained
 * without the scene adapter, which has a scope of its own.
 * @throws AppError `bad-value` for a value that no training can have
 */
export function withWords(preset: TrainSettings, words: SettingsWords): TrainSettings {
  const { scope, learningRate, optimizer, schedule, loss, backend, device, threads, seed } = words
  const iterations = words.iterations ?? preset.iterations
  const ratio = (learningRate ?? preset.learningRate.old) / preset.learningRate.old
  const settings = {
    ...preset,
    iterations,
    batch: words.batch ?? preset.batch,
    warmUp: Math.min(preset.warmUp, iterations - 1),
    learningRate: { old: preset.learningRate.old * ratio, new: preset.learningRate.new * ratio },
    optimiser:
      optimizer === undefined ? preset.optimiser : optimiserOf(optimizer, preset.optimiser),
    schedule: schedule === undefined ? preset.schedule : scheduleOf(schedule, iterations),
    loss: loss === undefined ? preset.loss : { ...preset.loss, kind: loss },
    ...(scope === undefined ? {} : { scope, adapter: false, freezeDepthwise: false }),
    input: words.input ?? preset.input,
    backend: backend ?? preset.backend,
    device: device ?? preset.device,
    threads: threads ?? preset.threads,
    seed: seed ?? preset.seed,
  }
  return checked(settings, words)
}
