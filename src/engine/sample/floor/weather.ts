/** @file How the light changes: clouds before the sun, and a lamp that is about to fail. */
import type { LightLevels } from '../draw/lamps.ts'
import type { Random } from '../random.ts'
import { smoothstep } from '../vector.ts'

/** Light of the failing lamp while it is off. */
const dim = 0.12

export class Weather {
  readonly #random: Random
  readonly #shift: readonly [number, number]
  #seconds = 0
  /** Until when the lamp burns steadily, or flickers. */
  #until = 0
  #isFlickering = true
  #lamp = 1

  constructor(random: Random) {
    this.#random = random
    this.#shift = [random.between(0, 6.28), random.between(0, 6.28)]
  }

  step(seconds: number): void {
    this.#seconds += seconds
    if (this.#seconds >= this.#until) {
      this.#isFlickering = !this.#isFlickering
      const [low, high] = this.#isFlickering ? [0.6, 2.2] : [2, 5]
      this.#until = this.#seconds + this.#random.between(low, high)
      this.#lamp = 1
    }
    if (this.#isFlickering && this.#random.chance(0.35))
      this.#lamp = this.#lamp < 1 ? 1.08 : dim + this.#random.between(0, 0.3)
  }

  get levels(): LightLevels {
    const [a, b] = this.#shift
    const clear =
      0.5 +
      0.38 * Math.sin((this.#seconds / 31) * 2 * Math.PI + a) +
      0.16 * Math.sin((this.#seconds / 11.3) * 2 * Math.PI + b)
    return {
      lamps: 1,
      flicker: this.#lamp,
      sky: 0.6 + 0.7 * clear,
      sun: 1.25 * smoothstep(0.3, 0.85, clear),
    }
  }
}
