/** @file One frame: the standing scene in its light, shadows, what moves, noise; and its truth. */
import type { Random } from '../random.ts'
import { add, dot, type Vector } from '../vector.ts'
import type { Actor } from './actor.ts'
import { type Background, lightUnit, vignette } from './background.ts'
import { project, samplesPerPixel, samplesPerSide } from './camera.ts'
import { normalAt } from './intersect.ts'
import { type LightLevels, layerNames } from './lamps.ts'
import { colourAt } from './material.ts'
import { lightOnPoint, lightOnShape, type ShapeLight } from './moving-light.ts'
import { drawShape, lensInShape, type PixelBox, wayTo } from './raster.ts'
import { sensorNoise } from './sensor.ts'
import { ShadowMap } from './shadows.ts'
import type { Shape } from './shape.ts'
import { toneOf } from './tone.ts'

/** A shape of this frame with what its pixels need. */
interface Drawn {
  shape: Shape
  person: boolean
  box: PixelBox
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
  readonly #base: Uint8ClampedArray
  #baseLevels = ''
  readonly #frame: Frame
  readonly #noise: ReturnType<typeof sensorNoise>
  #drawn: Drawn[] = []

  constructor(background: Background, random: Random) {
    const { size } = background.camera
    this.#background = background
    this.#standingDepth = background.samples.depth.slice()
    this.#shadows = new ShadowMap(background)
    this.#base = new Uint8ClampedArray(size * size * 3)
    this.#frame = {
      picture: new Uint8ClampedArray(size * size * 3),
      mask: new Uint8Array(size * size),
    }
    this.#noise = sensorNoise(random)
  }

  paint(actors: readonly Actor[], levels: LightLevels): Frame {
    const { mask } = this.#frame
    mask.fill(0)
    this.#lightBackground(levels)
    this.#castShadows(actors, levels)
    this.#drawActors(actors, levels)
    for (const { box } of this.#drawn)
      for (let y = box.top; y < box.bottom; y++)
        for (let x = box.left; x < box.right; x++) this.#resolve(x, y)
    this.#forgetActors()
    this.#addNoise()
    return this.#frame
  }

  /** The standing scene in this light; kept as long as the light stays the same. */
  #lightBackground(levels: LightLevels): void {
    const parts = layerNames.map((layer) => Math.round(levels[layer] * 256))
    if (parts.join() !== this.#baseLevels) {
      this.#baseLevels = parts.join()
      const { lamps, flicker, sky, sun } = this.#background.layers
      const [a = 0, b = 0, c = 0, d = 0] = parts
      for (let at = 0; at < this.#base.length; at++)
        this.#base[at] = toneOf(
          ((lamps[at] ?? 0) * a +
            (flicker[at] ?? 0) * b +
            (sky[at] ?? 0) * c +
            (sun[at] ?? 0) * d) /
            256,
        )
    }
    this.#frame.picture.set(this.#base)
  }

  #castShadows(actors: readonly Actor[], levels: LightLevels): void {
    for (const { shapes } of actors) for (const shape of shapes) this.#shadows.cast(shape)
    const { picture } = this.#frame
    const { size } = this.#background.camera
    const { lamps, flicker, sky, sun } = this.#background.layers
    this.#shadows.take((left, top, diffuse, sunLeft) => {
      const [a, b, c, d] = [
        levels.lamps * diffuse,
        levels.flicker * diffuse,
        levels.sky * diffuse,
        levels.sun * sunLeft,
      ]
      for (let y = top; y < Math.min(size, top + 2); y++)
        for (let at = (y * size + left) * 3; at < (y * size + Math.min(size, left + 2)) * 3; at++)
          picture[at] = toneOf(
            (lamps[at] ?? 0) * a + (flicker[at] ?? 0) * b + (sky[at] ?? 0) * c + (sun[at] ?? 0) * d,
          )
    })
  }

  #drawActors(actors: readonly Actor[], levels: LightLevels): void {
    const { camera, samples } = this.#background
    this.#drawn = []
    for (const { shapes, person } of actors)
      for (const shape of shapes) {
        const box = drawShape(samples, camera, shape, this.#drawn.length + 1)
        const { angle } = project(camera, shape.bound.from)
        this.#drawn.push({
          shape,
          person,
          box,
          lens: lensInShape(shape, camera.position),
          light: lightOnShape(shape, levels),
          unit: vignette(Math.min(Math.PI / 2, angle)) * lightUnit,
        })
      }
  }

  /** Mixes a pixel from its samples and clears them. */
  #resolve(x: number, y: number): void {
    const { camera, samples } = this.#background
    const { picture, mask } = this.#frame
    const { owner, side } = samples
    const first = y * samplesPerSide * side + x * samplesPerSide
    if (!(owner[first] || owner[first + 1] || owner[first + side] || owner[first + side + 1]))
      return
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

  #forgetActors(): void {
    const { depth, side } = this.#background.samples
    for (const { box } of this.#drawn)
      for (let row = box.top * samplesPerSide; row < box.bottom * samplesPerSide; row++) {
        const from = row * side + box.left * samplesPerSide
        const to = row * side + box.right * samplesPerSide
        depth.set(this.#standingDepth.subarray(from, to), from)
      }
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
