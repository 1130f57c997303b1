/** @file One frame: the standing scene in its light, shadows, what moves, noise; and its truth. */
import type { Random } from '../random.ts'
import { type Actor, ActorLayer } from './actors.ts'
import type { Background } from './background.ts'
import type { Camera } from './camera.ts'
import type { Frame } from './frame.ts'
import type { LightLevels } from './lamps.ts'
import { LitScene } from './lit-scene.ts'
import { sensorNoise } from './sensor.ts'
import { ShadowMap } from './shadows.ts'

/** Paints frames one after the other. */
export class Painter {
  readonly #camera: Camera
  readonly #scene: LitScene
  readonly #shadows: ShadowMap
  readonly #layer: ActorLayer
  readonly #noise: ReturnType<typeof sensorNoise>

  constructor(background: Background, random: Random) {
    this.#camera = background.camera
    this.#scene = new LitScene(background)
    this.#shadows = new ShadowMap(background)
    this.#layer = new ActorLayer(background)
    this.#noise = sensorNoise(random)
  }

  /** Paints over whatever `frame` holds. */
  paint(actors: readonly Actor[], levels: LightLevels, frame: Frame): void {
    this.#scene.relight(levels)
    frame.picture.set(this.#scene.picture)
    frame.mask.fill(0)
    this.#castShadows(actors, levels, frame)
    this.#layer.draw(actors, levels, frame)
    this.#addNoise(frame)
  }

  #castShadows(actors: readonly Actor[], levels: LightLevels, { picture }: Frame): void {
    for (const { shapes } of actors) for (const shape of shapes) this.#shadows.cast(shape)
    const { size } = this.#camera
    const shade = this.#scene.shadeFor(levels, picture)
    this.#shadows.take(({ left, top, right, bottom }, diffuse, sun) => {
      for (let y = top; y < bottom; y++)
        shade((y * size + left) * 3, (y * size + right) * 3, diffuse, sun)
    })
  }

  #addNoise({ picture }: Frame): void {
    const { size, cx, cy, radius } = this.#camera
    for (let y = 0; y < size; y++) {
      const half = Math.sqrt(Math.max(0, radius * radius - (y + 0.5 - cy) ** 2))
      const left = Math.max(0, Math.floor(cx - half))
      const right = Math.min(size, Math.ceil(cx + half))
      if (right > left) this.#noise(picture, y * size + left, y * size + right)
    }
  }
}
