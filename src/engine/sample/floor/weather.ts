/** @file How the light changes: clouds before the sun, and a circuit of lamps that fails at times. */
import type { LightLevels } from '../draw/lamps.ts'
import type { Random } from '../random.ts'
import { smoothstep } from '../vector.ts'

/** What the failing lamps do, for how long (seconds), and how likely they change within a frame. */
const moods = {
  burning: { shortest: 2, longest: 4.5, restless: 0 },
  flickering: { shortest: 0.5, longest: 1.8, restless: 0.35 },
  out: { shortest: 1, longest: 3, restless: 0.02 },
} as const

type Mood = keyof typeof moods

const next: Readonly<Record<Mood, readonly Mood[]>> = {
  burning: ['flickering', 'out', 'flickering'],
  flickering: ['burning', 'out'],
  out: ['flickering', 'burning'],
}

/** Light of the failing lamps while they are off: their tubes glow. */
const dim = 0.1

export class Weather {
  readonly #random: Random
  /** Where the two waves of clouds begin. */
  readonly #shift: readonly [number, number]
  #seconds = 0
  #mood: Mood = 'burning'
  /** When the mood ends. */
  #until: number
  #lamps = 1

  constructor(random: Random) {
    this.#random = random
    this.#shift = [random.between(0, 6.28), random.between(0, 6.28)]
    this.#until = random.between(1, 3)
  }

  step(seconds: number): void {
    this.#seconds += seconds
    if (this.#seconds >= this.#until) {
      this.#mood = this.#random.pick(next[this.#mood])
      const { shortest, longest } = moods[this.#mood]
      this.#until = this.#seconds + this.#random.between(shortest, longest)
      this.#lamps = this.#mood === 'out' ? dim : 1
    }
    if (this.#random.chance(moods[this.#mood].restless))
      this.#lamps = this.#lamps < 1 ? 1.06 : dim + this.#random.between(0, 0.3)
  }

  get levels(): LightLevels {
    const [a, b] = this.#shift
    const clear =
      0.5 +
      0.38 * Math.sin((this.#seconds / 31) * 2 * Math.PI + a) +
      0.16 * Math.sin((this.#seconds / 11.3) * 2 * Math.PI + b)
    return {
      lamps: 1,
      flicker: this.#lamps,
      sky: 0.6 + 0.7 * clear,
      sun: 1.25 * smoothstep(0.3, 0.85, clear),
    }
  }
}
