/** @file What moves weights against their gradients: in place, exactly as PyTorch's optimisers do. */
import { AppError } from '../../shared/errors.ts'
import { adam } from './optimisers/adam.ts'
import type {
  FloatData,
  Optimiser,
  OptimiserOptions,
  OptimiserState,
  ParameterData,
  UpdateRule,
} from './optimisers/optimiser.ts'
import { sgd } from './optimisers/sgd.ts'

export type {
  FloatData,
  Optimiser,
  OptimiserKind,
  OptimiserOptions,
  OptimiserState,
  ParameterData,
} from './optimisers/optimiser.ts'

/** Defaults are PyTorch's. AMSGrad is Adam with `amsgrad`. */
const rules: Readonly<Record<OptimiserOptions['kind'], (options: OptimiserOptions) => UpdateRule>> =
  {
    sgd,
    adam: (options) => adam(options, 'loss'),
    adamw: (options) => adam(options, 'weights'),
  }

const like = (data: FloatData): FloatData =>
  data instanceof Float32Array ? new Float32Array(data.length) : new Float64Array(data.length)

class RuleOptimiser implements Optimiser {
  readonly #rule: UpdateRule
  readonly #options: OptimiserOptions
  readonly #parameters: readonly ParameterData[]
  /** By parameter, in the rule's order. */
  readonly #memory: FloatData[][]
  #steps = 0

  constructor(options: OptimiserOptions, parameters: readonly ParameterData[]) {
    this.#rule = rules[options.kind](options)
    this.#options = options
    this.#parameters = parameters
    this.#memory = parameters.map(({ data }) => this.#rule.memory.map(() => like(data)))
  }

  step(
    gradients: readonly FloatData[],
    rates: Readonly<Record<string, number>>,
    momentum?: number,
  ): void {
    this.#steps++
    const { weightDecay = this.#rule.weightDecay, weightDecays = {} } = this.#options
    const updates = new Map<string, ReturnType<UpdateRule['update']>>()
    for (const [i, { name, data, group }] of this.#parameters.entries()) {
      const gradient = gradients[i]
      const rate = rates[group]
      if (gradient?.length !== data.length || rate === undefined)
        throw new AppError('internal', `no gradient or rate of '${group}' for the weight '${name}'`)
      const update =
        updates.get(group) ??
        this.#rule.update({
          rate,
          step: this.#steps,
          weightDecay: weightDecays[group] ?? weightDecay,
          momentum,
        })
      updates.set(group, update)
      update(data, gradient, this.#memory[i] ?? [])
    }
  }

  state(): OptimiserState {
    const arrays = this.#parameters.flatMap(({ name }, i) =>
      this.#rule.memory.flatMap((slot, j): [string, FloatData][] => {
        const data = this.#memory[i]?.[j]
        return data ? [[`${slot}/${name}`, data]] : []
      }),
    )
    return { numbers: { steps: this.#steps }, arrays: new Map(arrays) }
  }

  restore({ numbers, arrays }: OptimiserState): void {
    const own = this.state().arrays
    const wrong = [...own].find(([name, data]) => arrays.get(name)?.length !== data.length)
    if (wrong || numbers.steps === undefined)
      throw new AppError(
        'bad-checkpoint',
        `the saved state of the optimiser does not fit: ${wrong?.[0] ?? 'its steps are missing'}`,
        'Go on with the settings and the network that the training was started with.',
      )
    for (const [name, data] of own) data.set(arrays.get(name) ?? [])
    this.#steps = numbers.steps
  }
}

/**
 * An optimiser of these weights, at its first step. Its memory is as large as them once (SGD with
 * momentum), twice (Adam) or three times (AMSGrad). Throws `bad-value` for options that PyTorch
 * refuses too.
 */
export function createOptimiser(
  options: OptimiserOptions,
  parameters: readonly ParameterData[],
): Optimiser {
  return new RuleOptimiser(options, parameters)
}
