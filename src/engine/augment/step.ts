/** @file What an operation becomes once its values are drawn. */
import type { Size } from '../../shared/recipe.ts'
import type { Random } from '../train/samples/random.ts'
import type { Stage } from './geometry/stage.ts'
import type { Sample } from './sample.ts'

/** A drawn operation. */
export type Step =
  /** Where every pixel comes from; stages that follow one another are resampled once. */
  | { does: 'move'; stage: Stage }
  /** Resized with a filter as wide as what becomes one pixel, which cannot be put together. */
  | { does: 'reduce'; to: Size }
  /** Changes the sample's arrays in place, or puts others of the same length there. */
  | { does: 'paint'; paint(sample: Sample): void | Promise<void> }

/** A drawn value, for the record. */
export type DrawnValue = number | string | boolean | readonly DrawnValue[]

/** The steps of one operation and what was drawn for it, in the units of its parameters. */
export interface DrawnOperation {
  steps: Step[]
  values: Readonly<Record<string, DrawnValue>>
}

/** Draws the values of an operation for a sample of this size. */
export type Draw<Settings> = (settings: Settings, random: Random, size: Size) => DrawnOperation

/** A number out of a range, evenly. */
export function drawFrom(random: Random, [low, high]: readonly [number, number]): number {
  return random.between(low, high)
}

/** A whole number out of a range, both ends included. */
export function drawWhole(random: Random, [low, high]: readonly [number, number]): number {
  return low + random.below(high - low + 1)
}

/** A number out of a range for each channel, or the same for all three. */
export function drawChannels(
  random: Random,
  range: readonly [number, number],
  perChannel: boolean,
): [number, number, number] {
  const first = drawFrom(random, range)
  if (!perChannel) return [first, first, first]
  return [first, drawFrom(random, range), drawFrom(random, range)]
}
