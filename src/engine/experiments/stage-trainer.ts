/** @file The loop of a stage: epochs of steps, each epoch validated, the best weights kept. */
import { AppError, cancelled } from '../../shared/errors.ts'
import { progressMeter } from '../../shared/progress.ts'
import type { TaskContext } from '../compute/types.ts'
import { CheckpointClock } from '../train/checkpoints/checkpoints.ts'
import { clipGradients } from '../train/optimisers/clip-gradients.ts'
import { createSchedule } from '../train/optimisers/schedules.ts'
import type { Optimiser } from '../train/optimisers.ts'
import { drawsFor } from '../train/samples/draws.ts'
import { checkFinite, checkWeights } from '../train/session/check-finite.ts'
import type { TrainingWork } from '../train/session/training-work.ts'
import { bestOf } from './best-epoch.ts'
import { type StageMemory, type StagePosition, saveStage } from './stage-state.ts'
import type { StepComputer } from './step-computer.ts'
import type { EpochResult, StageEvent, StageRequest } from './types.ts'
import type { ValidationScores } from './validator.ts'

export interface StageTrainerOptions {
  request: StageRequest
  work: TrainingWork
  computer: StepComputer
  optimiser: Optimiser
  /** Times the learning rate, by group of parameters. */
  factors: Readonly<Record<string, number>>
  /** Where the stage stands; brought up to date in place. */
  position: StagePosition
  best: ReadonlyMap<string, Float32Array> | null
  stateFile: string
  context: TaskContext<StageEvent>
  validate(): Promise<ValidationScores>
  /** Writes the network as it is now, and returns its folder. */
  keep(epoch: number): Promise<string>
}

const now = (): number => performance.now() / 1000

export class StageTrainer {
  readonly #options: StageTrainerOptions
  readonly #clock = new CheckpointClock()
  readonly #report: (done: number) => void
  #best: ReadonlyMap<string, Float32Array> | null

  constructor(options: StageTrainerOptions) {
    const { request, best, context } = options
    this.#options = options
    this.#best = best
    const total = request.epochs * request.stepsPerEpoch
    this.#report = progressMeter('train', total, 'steps', context.onProgress)
  }

  /** Weights and running statistics of the best epoch so far. */
  get best(): ReadonlyMap<string, Float32Array> | null {
    return this.#best
  }

  /** Trains what is left. Throws `training-diverged`, and after a last checkpoint `cancelled`. */
  async run(): Promise<void> {
    const { request, work, position } = this.#options
    const { epochs, stepsPerEpoch, settings } = request
    const total = epochs * stepsPerEpoch
    const scheduled = createSchedule(settings.schedule, total, { iterations: settings.warmUp })
    while (position.epochs.length < epochs) {
      const first = position.epochs.length * stepsPerEpoch
      while (position.steps < stepsPerEpoch) {
        const step = first + position.steps
        await this.#step(step, scheduled(step))
      }
      const rate = settings.learningRate.old
      checkWeights({ step: first + stepsPerEpoch, parameters: work.parameters, rate })
      const { factor } = scheduled(first + stepsPerEpoch - 1)
      await this.#endEpoch(rate * factor)
    }
    await this.#save()
  }

  /** The scales of a step, by their places in the settings. */
  #scalesOf(step: number): number[] {
    const { settings, everyScale } = this.#options.request
    const { length } = settings.scales
    if (everyScale) return Array.from({ length }, (_, scale) => scale)
    return [drawsFor(settings.seed, 'scale', step).below(length)]
  }

  async #step(step: number, { factor, momentum }: { factor: number; momentum?: number }) {
    const { request, work, computer, optimiser, factors, position, context } = this.#options
    const { settings } = request
    if (context.signal.aborted) {
      await this.#save()
      throw cancelled('the experiment')
    }
    const started = now()
    const numbers = Array.from({ length: settings.batch }, (_, i) => step * settings.batch + i)
    const loss = await computer.compute(numbers, this.#scalesOf(step))
    const { gradients } = computer
    const largest = settings.learningRate.old
    checkFinite({ step: step + 1, loss, gradients, parameters: work.parameters, rate: largest })
    if (settings.clip !== null) clipGradients(gradients, settings.clip)
    const learningRate = largest * factor
    const rates = Object.entries(factors).map(([group, times]) => [group, learningRate * times])
    optimiser.step(gradients, Object.fromEntries(rates), momentum)
    position.steps++
    position.lossSum += loss
    position.seconds += now() - started
    const epoch = position.epochs.length + 1
    await context.emit({ kind: 'step', epoch, step: position.steps, loss, learningRate })
    this.#report(step + 1)
    if (this.#clock.isDue()) await this.#save()
  }

  async #endEpoch(learningRate: number): Promise<void> {
    const { request, work, position, context, validate, keep } = this.#options
    const started = now()
    const scores = await validate().catch(async (error: unknown) => {
      if (context.signal.aborted) await this.#save()
      throw error
    })
    const epoch = position.epochs.length + 1
    if (!Number.isFinite(scores.validationLoss))
      throw new AppError(
        'training-diverged',
        `training broke down in epoch ${epoch}: the validation loss is ${scores.validationLoss}`,
        'Train with a lower learning rate. The last checkpoint is kept.',
      )
    const result: EpochResult = {
      ...{ epoch, trainLoss: position.lossSum / position.steps, ...scores, learningRate },
      ...{ seconds: position.seconds, validationSeconds: now() - started },
    }
    position.epochs.push(result)
    Object.assign(position, { steps: 0, lossSum: 0, seconds: 0 })
    if (bestOf(position.epochs) === result)
      this.#best = new Map([...work.weights].map(([name, data]) => [name, data.slice()]))
    await context.emit({ kind: 'epoch', result })
    const { every } = request.checkpoints
    if (every !== null && epoch % every === 0)
      await context.emit({ kind: 'kept', epoch, folder: await keep(epoch) })
    if (this.#clock.isDue()) await this.#save()
  }

  async #save(): Promise<void> {
    const { work, optimiser, position, stateFile } = this.#options
    const memory: StageMemory = { weights: work.weights, best: this.#best, optimiser }
    await this.#clock.time(() => saveStage(stateFile, position, memory))
  }
}
