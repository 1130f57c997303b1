import { AppError } from '../../../shared/errors.ts'
import type { FloatData, ParameterData } from './optimiser.ts'

/**
 * The exponential moving average of weights, by name: starts as a copy of them, and keeps `decay`
 * of itself at every update. As torch.optim.swa_utils.get_ema_multi_avg_fn.
 */
export class WeightAverage {
  readonly #decay: number
  readonly #parameters: readonly ParameterData[]
  readonly #averages: ReadonlyMap<string, FloatData>

  constructor(parameters: readonly ParameterData[], decay: number) {
    if (!(decay >= 0 && decay < 1))
      throw new AppError('bad-value', `the decay is ${decay}, at least 0 and below 1 was expected`)
    this.#decay = decay
    this.#parameters = parameters
    this.#averages = new Map(parameters.map(({ name, data }) => [name, data.slice()]))
  }

  /** The averages themselves, for use and for saving; the next update changes them. */
  get averages(): ReadonlyMap<string, FloatData> {
    return this.#averages
  }

  /** Takes the weights as they are now into the average. */
  update(): void {
    const keep = this.#decay
    for (const { name, data } of this.#parameters) {
      const average = this.#averages.get(name) ?? data
      for (let i = 0; i < average.length; i++)
        average[i] = keep * (average[i] ?? 0) + (1 - keep) * (data[i] ?? 0)
    }
  }

  /** Goes on from saved averages. Throws `bad-checkpoint` for those of other weights. */
  restore(averages: ReadonlyMap<string, FloatData>): void {
    for (const [name, own] of this.#averages) {
      const saved = averages.get(name)
      if (saved?.length !== own.length)
        throw new AppError(
          'bad-checkpoint',
          `the saved average of '${name}' is missing or of another size`,
        )
      own.set(saved)
    }
  }
}
