/** @file Loss and gradients of a batch that may be computed in parts, for lack of memory. */

import type { TrainingBackend } from '../../../shared/train-settings.ts'
import type { NodeCount } from '../../infer/types.ts'
import type { StepGraphs } from '../graph/step-graphs.ts'
import { BatchTensors, type PreparedSample } from '../samples/prepared-sample.ts'
import { openTraining } from './training-backends.ts'
import type { TrainingSession, TrainingSessionOptions } from './training-session.ts'

/** Whoever opens it disposes of it. */
export class GradientComputer implements AsyncDisposable {
  readonly #session: TrainingSession
  readonly #tensors: BatchTensors
  /** Samples of a part. */
  readonly #samples: number
  /** Sums over the parts; null while one part is all. */
  #sums: Float32Array[] | null = null

  private constructor(session: TrainingSession, tensors: BatchTensors, samples: number) {
    this.#session = session
    this.#tensors = tensors
    this.#samples = samples
  }

  /** `samples` is what the graphs were made for. Throws what opening the session throws. */
  static async open(
    { training, layout }: StepGraphs,
    samples: number,
    weights: ReadonlyMap<string, Float32Array>,
    { backend, ...options }: TrainingSessionOptions & { backend: TrainingBackend },
  ): Promise<GradientComputer> {
    const session = await openTraining[backend](training, weights, options)
    return new GradientComputer(session, new BatchTensors(layout, samples), samples)
  }

  get device(): string {
    return this.#session.device
  }

  get reason(): string {
    return this.#session.reason
  }

  /** Ends the record of what ran where; see `TrainingSession`. */
  fallback(): Promise<NodeCount[]> {
    return this.#session.fallback()
  }

  /** Means over the last batch, in the order of the parameters; overwritten by the next one. */
  get gradients(): readonly Float32Array[] {
    return this.#sums ?? this.#session.gradients
  }

  /**
   * Computes gradients and the loss: means over the parts. Running statistics go on with every part
   * unless it is a `trial`.
   */
  async compute(batch: readonly PreparedSample[], { trial = false } = {}): Promise<number> {
    const parts = batch.length / this.#samples
    let loss = 0
    for (let part = 0; part < parts; part++) {
      for (let place = 0; place < this.#samples; place++) {
        const sample = batch[part * this.#samples + place]
        if (sample) this.#tensors.set(place, sample)
      }
      loss += (await this.#session.compute(this.#tensors.tensors)) / parts
      if (!trial) this.#session.takeStatistics()
      if (parts > 1) this.#add(part === 0, 1 / parts)
    }
    return loss
  }

  #add(isFirst: boolean, share: number): void {
    const { gradients } = this.#session
    this.#sums ??= gradients.map(({ length }) => new Float32Array(length))
    for (const [i, gradient] of gradients.entries()) {
      const sum = this.#sums[i]
      if (!sum) continue
      if (isFirst) for (let at = 0; at < sum.length; at++) sum[at] = (gradient[at] ?? 0) * share
      else
        for (let at = 0; at < sum.length; at++)
          sum[at] = (sum[at] ?? 0) + (gradient[at] ?? 0) * share
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session[Symbol.asyncDispose]()
  }
}
