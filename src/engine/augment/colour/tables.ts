/** @file Changes of each level by itself: a table of 256 entries for each channel. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Sample } from '../sample.ts'
import { type Draw, drawChannels, type Step } from '../step.ts'

/** New levels by old ones. */
export type Levels = Uint8ClampedArray

/** One for red, green and blue. */
export type Channels<Each> = readonly [red: Each, green: Each, blue: Each]

/** Looks all values of a picture up, in place. */
export function lookUp({ picture }: Sample, [reds, greens, blues]: Channels<Levels>): void {
  for (let at = 0; at < picture.length; at += 3) {
    picture[at] = reds[picture[at] ?? 0] ?? 0
    picture[at + 1] = greens[picture[at + 1] ?? 0] ?? 0
    picture[at + 2] = blues[picture[at + 2] ?? 0] ?? 0
  }
}

type Change = (level: number, value: number) => number

/** A step that changes levels by a value for each channel; rounded to the nearest, 0 … 255. */
function byValue([red, green, blue]: Channels<number>, change: Change): Step {
  const table = (value: number): Levels =>
    Uint8ClampedArray.from({ length: 256 }, (_, level) => change(level, value))
  const tables = [table(red), table(green), table(blue)] as const
  return { does: 'paint', paint: (sample) => lookUp(sample, tables) }
}

export const brightness: Draw<Operations['brightness']> = (settings, random) => {
  const offset = drawChannels(random, settings.offset, settings.perChannel)
  return { values: { offset }, steps: [byValue(offset, (level, by) => level + 255 * by)] }
}

/** The grey that stays as it is, as in imgaug's LinearContrast. */
const middle = 127

export const contrast: Draw<Operations['contrast']> = (settings, random) => {
  const factor = drawChannels(random, settings.factor, settings.perChannel)
  const steps = [byValue(factor, (level, by) => middle + by * (level - middle))]
  return { values: { factor }, steps }
}

export const gamma: Draw<Operations['gamma']> = (settings, random) => {
  const gammas = drawChannels(random, settings.gamma, settings.perChannel)
  const steps = [byValue(gammas, (level, exponent) => 255 * (level / 255) ** exponent)]
  return { values: { gamma: gammas }, steps }
}
