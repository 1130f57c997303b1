/** @file Normal noise of the sensor. */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import { type Random, randomFrom } from '../../train/samples/random.ts'
import { roundedView } from '../sample.ts'
import { type Draw, drawFrom } from '../step.ts'
import { normalQuantiles, quantileCount } from './normal-quantiles.ts'

/** Gives normal numbers of a deviation: two out of each drawn number's 32 bits. */
function normalSource(random: Random, deviation: number): () => number {
  const quantiles = normalQuantiles()
  let rest = -1
  return () => {
    if (rest >= 0) {
      const value = quantiles[rest] ?? 0
      rest = -1
      return value * deviation
    }
    const drawn = random.next() * quantileCount
    const first = Math.floor(drawn)
    rest = Math.floor((drawn - first) * quantileCount)
    return (quantiles[first] ?? 0) * deviation
  }
}

function addNoise(values: Uint8ClampedArray, next: () => number, perChannel: boolean): void {
  for (let at = 0; at < values.length; at += 3) {
    const first = next()
    values[at] = (values[at] ?? 0) + first
    values[at + 1] = (values[at + 1] ?? 0) + (perChannel ? next() : first)
    values[at + 2] = (values[at + 2] ?? 0) + (perChannel ? next() : first)
  }
}

export const noise: Draw<Operations['noise']> = (settings, random) => {
  const deviation = drawFrom(random, settings.deviation)
  const { state } = random
  const paint = ({ picture }: { picture: Uint8Array }) => {
    if (deviation === 0) return
    const next = normalSource(randomFrom(state), 255 * deviation)
    addNoise(roundedView(picture), next, settings.perChannel)
  }
  return { values: { deviation }, steps: [{ does: 'paint', paint }] }
}
