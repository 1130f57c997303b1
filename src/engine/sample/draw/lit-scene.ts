/** @file The standing scene in the light of a moment, as a picture. */
import type { Background } from './background.ts'
import { type LightLevels, layerNames } from './lamps.ts'
import { toneCurve } from './tone.ts'

/** Levels are taken in steps of this part. */
const steps = 256
/** Slow changes of light reach the rows in turns; nobody can tell, and it saves most of the work. */
const turns = 4

export class LitScene {
  /** RGB, `[size, size, 3]`. */
  readonly picture: Uint8ClampedArray
  readonly #background: Background
  #levels: LightLevels | null = null
  #turn = 0

  constructor(background: Background) {
    this.#background = background
    this.picture = new Uint8ClampedArray(background.camera.size ** 2 * 3)
  }

  /** Brings the picture to a new light. Lamps that flicker do so in all rows at once. */
  relight(levels: LightLevels): void {
    const isSudden = this.#levels === null || this.#levels.flicker !== levels.flicker
    const { size } = this.#background.camera
    const width = size * 3
    const shade = this.shadeFor(levels, this.picture)
    const [first, step] = isSudden ? [0, 1] : [this.#turn, turns]
    if (isSudden || layerNames.some((layer) => this.#levels?.[layer] !== levels[layer]))
      for (let row = first; row < size; row += step) shade(row * width, (row + 1) * width, 1, 1)
    this.#levels = levels
    this.#turn = (this.#turn + 1) % turns
  }

  /**
   * Returns what shows the scene in a light in a stretch of bytes of `into`, with a share of its
   * diffuse light and of its sun taken away.
   */
  shadeFor(
    levels: LightLevels,
    into: Uint8ClampedArray,
  ): (from: number, to: number, diffuse: number, direct: number) => void {
    const { lamps, flicker, sky, sun } = this.#background.layers
    return (from, to, diffuse, direct) => {
      const a = Math.round(levels.lamps * diffuse * steps)
      const b = Math.round(levels.flicker * diffuse * steps)
      const c = Math.round(levels.sky * diffuse * steps)
      const d = Math.round(levels.sun * direct * steps)
      for (let at = from; at < to; at++) {
        const light =
          (lamps[at] ?? 0) * a + (flicker[at] ?? 0) * b + (sky[at] ?? 0) * c + (sun[at] ?? 0) * d
        into[at] = toneCurve[Math.min(toneCurve.length - 1, light >> 8)] ?? 0
      }
    }
  }
}
