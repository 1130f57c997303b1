/** @file One frame: the standing scene in its light, shadows, what moves, noise; and its truth. */
import type { Random } from '../random.ts'
import { add, dot, type Vector } from '../vector.ts'
import type { Actor } from './actor.ts'
import { type Background, lightUnit, vignette } from './background.ts'
import { project, samplesPerPixel, samplesPerSide } from './camera.ts'
import { normalAt } from './intersect.ts'
import type { LightLevels } from './lamps.ts'
import { LitScene } from './lit-scene.ts'
import { colourAt } from './material.ts'
import { lightOnPoint, lightOnShape, type ShapeLight } from './moving-light.ts'
import { drawShape, lensInShape, wayTo } from './raster.ts'
import { sensorNoise } from './sensor.ts'
import { ShadowMap } from './shadows.ts'
import type { Shape } from './shape.ts'
import { toneOf } from './tone.ts'

/** A shape of this frame with what its pixels need. */
interface Drawn {
  shape: Shape
  person: boolean
  lens: Vector
  light: ShapeLight
  /** Dimming towards the rim, in `lightUnit`s. */
  unit: number
}

export interface Frame {
  /** RGB, `[size, size, 3]`. */
  picture: Uint8ClampedArray<ArrayBuffer>
  /** `[size, size]`: 255 where at least half of a pixel shows a person. */
  mask: Uint8Array
}

/** Paints frames; the buffers of a frame are valid until the next is painted. */
export class Painter {
  readonly #background: Background
  readonly #standingDepth: Float32Array
  readonly #shadows: ShadowMap
  readonly #scene: LitScene
  readonly #frame: Frame
  readonly #noise: ReturnType<typeof sensorNoise>
  #drawn: Drawn[] = []

  constructor(background: Background, random: Random) {
    const { size } = background.camera
    this.#background = background
    this.#standingDepth = background.samples.depth.slice()
    this.#shadows = new ShadowMap(background)
    this.#scene = new LitScene(background)
    this.#frame = {
      picture: new Uint8ClampedArray(size * size * 3),
      mask: new Uint8Array(size * size),
    }
    this.#noise = sensorNoise(random)
  }

  paint(actors: readonly Actor[], levels: LightLevels): Frame {
    const { mask } = this.#frame
    mask.fill(0)
    this.#scene.relight(levels)
    this.#frame.picture.set(this.#scene.picture)
    this.#castShadows(actors, levels)
    this.#drawActors(actors, levels)
    this.#resolveActors()
    this.#addNoise()
    return this.#frame
  }

  #castShadows(actors: readonly Actor[], levels: LightLevels): void {
    for (const { shapes } of actors) for (const shape of shapes) this.#shadows.cast(shape)
    const { size } = this.#background.camera
    const shade = this.#scene.shadeFor(levels, this.#frame.picture)
    this.#shadows.take(({ left, top, right, bottom }, diffuse, sun) => {
      for (let y = top; y < bottom; y++)
        shade((y * size + left) * 3, (y * size + right) * 3, diffuse, sun)
    })
  }

  #drawActors(actors: readonly Actor[], levels: LightLevels): void {
    const { camera, samples } = this.#background
    this.#drawn = []
    for (const { shapes, person } of actors)
      for (const shape of shapes) {
        drawShape(samples, camera, shape, this.#drawn.length + 1)
        const { angle } = project(camera, shape.bound.from)
        this.#drawn.push({
          shape,
          person,
          lens: lensInShape(shape, camera.position),
          light: lightOnShape(shape, levels),
          unit: vignette(Math.min(Math.PI / 2, angle)) * lightUnit,
        })
      }
  }

  /** Turns samples into pixels, and puts back the standing scene. */
  #resolveActors(): void {
    const { side, depth, owner, touched } = this.#background.samples
    for (let index = 0; index < touched.count; index++) {
      const at = touched.list[index] ?? 0
      const row = Math.floor(at / side)
      if (owner[at]) this.#resolve((at - row * side) >> 1, row >> 1)
    }
    for (let index = 0; index < touched.count; index++) {
      const at = touched.list[index] ?? 0
      depth[at] = this.#standingDepth[at] ?? 0
    }
    touched.count = 0
  }

  /** Mixes a pixel from its samples and clears their owners. */
  #resolve(x: number, y: number): void {
    const { camera, samples } = this.#background
    const { picture, mask } = this.#frame
    const { owner, side } = samples
    const first = y * samplesPerSide * side + x * samplesPerSide
    let [red, green, blue] = [0, 0, 0]
    let people = 0
    let covered = 0
    let before = 0
    let tint: Vector = [0, 0, 0]
    for (let part = 0; part < samplesPerPixel; part++) {
      const at = first + (part >> 1) * side + (part & 1)
      const number = owner[at] ?? 0
      const drawn = this.#drawn[number - 1]
      if (!drawn) continue
      owner[at] = 0
      if (number !== before) tint = this.#colourOf(drawn, at)
      before = number
      covered++
      if (drawn.person) people++
      red += tint[0]
      green += tint[1]
      blue += tint[2]
    }
    const pixel = y * camera.size + x
    const left = samplesPerPixel - covered
    picture[pixel * 3] = (red + left * (picture[pixel * 3] ?? 0)) / samplesPerPixel
    picture[pixel * 3 + 1] = (green + left * (picture[pixel * 3 + 1] ?? 0)) / samplesPerPixel
    picture[pixel * 3 + 2] = (blue + left * (picture[pixel * 3 + 2] ?? 0)) / samplesPerPixel
    if (people * 2 >= samplesPerPixel) mask[pixel] = 255
  }

  #colourOf({ shape, lens, light, unit }: Drawn, at: number): Vector {
    const { camera, samples } = this.#background
    const way = wayTo(samples, at)
    const [x, y, z] = shape.axes
    const local = add(lens, [dot(x, way), dot(y, way), dot(z, way)])
    const lit = lightOnPoint(light, normalAt(shape, local), camera.position[2] + way[2])
    const albedo = colourAt(shape.material, local, shape.extent)
    const { glow } = shape.material
    return [
      toneOf(albedo[0] * (lit[0] + glow) * unit),
      toneOf(albedo[1] * (lit[1] + glow) * unit),
      toneOf(albedo[2] * (lit[2] + glow) * unit),
    ]
  }

  #addNoise(): void {
    const { size, cx, cy, radius } = this.#background.camera
    for (let y = 0; y < size; y++) {
      const half = Math.sqrt(Math.max(0, radius * radius - (y + 0.5 - cy) ** 2))
      const left = Math.max(0, Math.floor(cx - half))
      const right = Math.min(size, Math.ceil(cx + half))
      if (right > left) this.#noise(this.#frame.picture, y * size + left, y * size + right)
    }
  }
}
