/** @file Samples by number, prepared for the training graph; those of a bank only once. */

import type { TrainingSample } from '../types.ts'
import type { FeatureCache } from './feature-cache.ts'
import type { PreparedSample } from './prepared-sample.ts'
import type { SamplePreparer } from './sample-preparer.ts'

export interface SampleSourceOptions {
  preparer: SamplePreparer
  /** The augmented sample of a number, always the same. */
  make(number: number): TrainingSample
  /** Keeps what is used again; the source disposes of it. Null = nothing is. */
  cache: FeatureCache | null
}

/** Whoever makes it disposes of it. */
export class SampleSource implements AsyncDisposable {
  readonly #options: SampleSourceOptions

  constructor(options: SampleSourceOptions) {
    this.#options = options
  }

  async get(number: number): Promise<PreparedSample> {
    const { preparer, make, cache } = this.#options
    const kept = await cache?.get(number)
    if (kept) return kept
    const sample = await preparer.prepare(make(number))
    await cache?.put(number, sample)
    return sample
  }

  /** Samples in the order of their numbers. */
  async all(numbers: readonly number[]): Promise<PreparedSample[]> {
    const samples: PreparedSample[] = []
    for (const number of numbers) samples.push(await this.get(number))
    return samples
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#options.cache?.[Symbol.asyncDispose]()
  }
}
