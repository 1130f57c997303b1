/** @file The loop: one iteration after the other, each a batch, its gradients and a step of the optimiser. */
import { cancelled } from '../../shared/errors.ts'
import type { TaskContext } from '../compute/types.ts'
import { CheckpointClock } from './checkpoints/checkpoints.ts'
import {
  type SavedTraining,
  saveTraining,
  type TrainingPosition,
} from './checkpoints/training-state.ts'
import { clipGradients } from './optimisers/clip-gradients.ts'
import { createSchedule } from './optimisers/schedules.ts'
import { createOptimiser, type Optimiser } from './optimisers.ts'
import { SampleSource } from './samples/sample-source.ts'
import { checkFinite, checkWeights } from './session/check-finite.ts'
import type { ScaleWork, TrainingWork } from './session/training-work.ts'
import type { TrainingPart } from './training-part.ts'
import type { TrainEvent, TrainRequest } from './types.ts'

export interface TrainerOptions {
  request: TrainRequest
  work: TrainingWork
  /** Where the training stands; brought up to date in place. */
  position: TrainingPosition
  stateFile: string
  context: TaskContext<TrainEvent>
  /** Told of each iteration, and waited for: how many are done. */
  onIteration(done: number): Promise<void>
}

/** What one part works with. */
export interface PartWork {
  part: TrainingPart
  optimiser: Optimiser
  ownLabels: readonly Uint8Array[]
  /** One for each scale. */
  sources: readonly SampleSource[]
}

export class Trainer {
  readonly #options: TrainerOptions
  readonly #clock = new CheckpointClock()
  readonly #now = (): number => performance.now() / 1000
  /** Seconds of the training before this run of it, and when this run began. */
  readonly #secondsBefore: number
  readonly #started = this.#now()

  constructor(options: TrainerOptions) {
    this.#options = options
    this.#secondsBefore = options.position.seconds
  }

  /**
   * Runs what is left of a part; `saved` is what to go on from. Throws `training-diverged`, and after
   * a last checkpoint `cancelled`.
   */
  async run(
    part: TrainingPart,
    ownLabels: readonly Uint8Array[],
    saved: SavedTraining | null,
    onReady: (part: PartWork) => Promise<void>,
  ): Promise<void> {
    const { request, work, position } = this.#options
    const optimiser = createOptimiser(request.settings.optimiser, [...work.parameters])
    saved?.restore({ weights: work.weights, optimiser })
    const sources = work.scales.map(
      ({ preparer, cache }) =>
        new SampleSource({ preparer, make: part.make, cache: part.bank > 0 ? cache() : null }),
    )
    const partWork = { part, optimiser, ownLabels, sources }
    try {
      await onReady(partWork)
      const { schedule, warmUp } = request.settings
      const scheduled = createSchedule(schedule, part.iterations, { iterations: warmUp })
      while (position.done < part.iterations)
        await this.#iterate(partWork, scheduled(position.done))
      const rate = largestOf(part.rates)
      checkWeights({ step: position.losses.length, parameters: work.parameters, rate })
      await this.#save(partWork)
    } finally {
      for (const source of sources) await source[Symbol.asyncDispose]()
    }
  }

  /** The samples of an iteration, and the sessions that compute it. */
  async batch({ part, sources }: PartWork, iteration: number) {
    const scale = part.scale(iteration)
    const source = sources[scale]
    const work: ScaleWork | undefined = this.#options.work.scales[scale]
    if (!source || !work) throw new RangeError(`there is no scale ${scale}`)
    return { samples: await source.all(part.samples(iteration)), computer: work.computer }
  }

  async #iterate(
    partWork: PartWork,
    { factor, momentum }: { factor: number; momentum?: number },
  ): Promise<void> {
    const { part, optimiser } = partWork
    const { request, work, position, context, onIteration } = this.#options
    if (context.signal.aborted) {
      await this.#save(partWork)
      throw cancelled('training')
    }
    const started = this.#now()
    const { samples, computer } = await this.batch(partWork, position.done)
    const loss = await computer.compute(samples)
    const { gradients } = computer
    const step = position.losses.length + 1
    const rate = largestOf(part.rates)
    checkFinite({ step, loss, gradients, parameters: work.parameters, rate })
    if (request.settings.clip !== null) clipGradients(gradients, request.settings.clip)
    const { old, new: fresh } = part.rates
    optimiser.step(gradients, { old: old * factor, new: fresh * factor }, momentum)
    const seconds = this.#now() - started
    position.done++
    position.losses.push(loss)
    position.stepSeconds.push(seconds)
    await context.emit({ kind: 'step', iteration: step, loss, learningRate: old * factor, seconds })
    await onIteration(step)
    if (this.#clock.isDue()) await this.#save(partWork)
  }

  async #save({ optimiser, ownLabels }: PartWork): Promise<void> {
    const { work, position, stateFile, context } = this.#options
    position.seconds = this.#secondsBefore + this.#now() - this.#started
    const memory = { weights: work.weights, optimiser, ownLabels }
    await this.#clock.time(() => saveTraining(stateFile, position, memory))
    await context.emit({ kind: 'checkpoint', iteration: position.losses.length })
  }
}

function largestOf({ old, new: fresh }: TrainingPart['rates']): number {
  return Math.max(old, fresh)
}
