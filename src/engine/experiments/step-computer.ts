/** @file The gradients of a step at one of several input sizes, or the mean of all of them. */

import type { FeatureCache } from '../train/samples/feature-cache.ts'
import type { PreparedSample } from '../train/samples/prepared-sample.ts'
import type { TrainingWork } from '../train/session/training-work.ts'
import type { SizedSample } from './picture-source.ts'

/** A sample by its number, and under which number a prepared one is kept; null = it is not. */
export interface StepSamples {
  sample(number: number): Promise<SizedSample>
  keptAs(number: number): number | null
}

/** Whoever makes it disposes of it. */
export class StepComputer implements AsyncDisposable {
  readonly #work: TrainingWork
  readonly #samples: StepSamples
  readonly #caches: readonly FeatureCache[]
  #gradients: readonly Float32Array[] = []
  /** Sums over the sizes. */
  #sums: readonly Float32Array[] | null = null

  constructor(work: TrainingWork, samples: StepSamples) {
    this.#work = work
    this.#samples = samples
    this.#caches = work.scales.map(({ cache }) => cache())
  }

  /** In the order of the parameters; overwritten by the next step. */
  get gradients(): readonly Float32Array[] {
    return this.#gradients
  }

  /** Loss and gradients of the samples at these scales: the mean over them. */
  async compute(numbers: readonly number[], scales: readonly number[]): Promise<number> {
    let loss = 0
    for (const [i, scale] of scales.entries()) {
      const computer = this.#work.scales[scale]?.computer
      if (!computer) throw new RangeError(`there is no scale ${scale}`)
      const batch: PreparedSample[] = []
      for (const number of numbers) batch.push(await this.#prepared(number, scale))
      loss += (await computer.compute(batch)) / scales.length
      this.#gradients = computer.gradients
      if (scales.length > 1) this.#add(computer.gradients, i === 0, 1 / scales.length)
    }
    return loss
  }

  async #prepared(number: number, scale: number): Promise<PreparedSample> {
    const preparer = this.#work.scales[scale]?.preparer
    if (!preparer) throw new RangeError(`there is no scale ${scale}`)
    const keptAs = this.#samples.keptAs(number)
    const cache = keptAs === null ? undefined : this.#caches[scale]
    const known = keptAs === null ? null : await cache?.get(keptAs)
    if (known) return known
    const prepared = await preparer.prepare(await this.#samples.sample(number))
    if (keptAs !== null) await cache?.put(keptAs, prepared)
    return prepared
  }

  #add(gradients: readonly Float32Array[], isFirst: boolean, share: number): void {
    this.#sums ??= gradients.map(({ length }) => new Float32Array(length))
    for (const [i, sum] of this.#sums.entries()) {
      const gradient = gradients[i] ?? sum
      for (let at = 0; at < sum.length; at++)
        sum[at] = (isFirst ? 0 : (sum[at] ?? 0)) + share * (gradient[at] ?? 0)
    }
    this.#gradients = this.#sums
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const cache of this.#caches) await cache[Symbol.asyncDispose]()
  }
}
