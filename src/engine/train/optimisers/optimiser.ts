/** @file What optimisers are given, and what each of them defines. */
import { AppError } from '../../../shared/errors.ts'

export type FloatData = Float32Array | Float64Array

export interface ParameterData {
  name: string
  /** Changed in place. */
  data: FloatData
  /** Which learning rate it has. */
  group: string
}

export type OptimiserKind = 'sgd' | 'adam' | 'adamw'

export interface OptimiserOptions {
  kind: OptimiserKind
  /** AdamW's default is 0.01, that of the others 0. */
  weightDecay?: number
  /** By group, where it differs. */
  weightDecays?: Readonly<Record<string, number>>
  /** SGD: default 0. */
  momentum?: number
  /** SGD: default 0. */
  dampening?: number
  /** SGD: default false. */
  nesterov?: boolean
  /** Adam: how slowly the mean of the gradients forgets; default 0.9. */
  beta1?: number
  /** Adam: how slowly the mean of their squares forgets; default 0.999. */
  beta2?: number
  /** Adam: default 1e-8. */
  epsilon?: number
  /** Adam: divide by the largest mean of squares so far; default false. */
  amsgrad?: boolean
}

/** What to go on from. `arrays` are the optimiser's own: valid until the next step. */
export interface OptimiserState {
  numbers: Readonly<Record<string, number>>
  arrays: ReadonlyMap<string, FloatData>
}

export interface Optimiser {
  /**
   * Moves the weights. `gradients` in the order of the weights; `rates` are the learning rates by
   * group; `momentum`, where a schedule moves it, takes the place of SGD's momentum and Adam's
   * first beta.
   */
  step(
    gradients: readonly FloatData[],
    rates: Readonly<Record<string, number>>,
    momentum?: number,
  ): void
  state(): OptimiserState
  /** Goes on from a state. Throws `bad-checkpoint` for that of other weights or another optimiser. */
  restore(state: OptimiserState): void
}

/** What one step has in common for all weights of a group. */
export interface StepValues {
  rate: number
  /** From 1. */
  step: number
  weightDecay: number
  momentum: number | undefined
}

export interface UpdateRule {
  /** Names of the arrays that it keeps for each weight, PyTorch's. */
  memory: readonly string[]
  /** Where the options say nothing. */
  weightDecay: number
  /** A loop over one weight's elements; what is the same for all of them is computed here. */
  update(
    values: StepValues,
  ): (weight: FloatData, gradient: FloatData, memory: readonly FloatData[]) => void
}

/** Throws `bad-value` unless a number lies within the limits that PyTorch sets. */
export function checkRange(name: string, value: number, below = Infinity): void {
  if (value >= 0 && value < below) return
  const limit = below === Infinity ? '0 or more' : `at least 0 and below ${below}`
  throw new AppError('bad-value', `${name} is ${value}, ${limit} was expected`)
}

/** An array that the rule asked for. */
export function memoryAt(memory: readonly FloatData[], i: number): FloatData {
  const data = memory[i]
  if (data) return data
  throw new AppError('internal', `an optimiser has no array ${i}`)
}
