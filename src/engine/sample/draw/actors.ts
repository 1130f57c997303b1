/** @file Whatever moves: people, and what is not people but moves all the same. */
import { dot, type Vector } from '../vector.ts'
import { type Background, lightUnit, vignette } from './background.ts'
import { project, samplesPerPixel, samplesPerSide } from './camera.ts'
import type { Frame } from './frame.ts'
import { normalAt } from './intersect.ts'
import type { LightLevels } from './lamps.ts'
import { colourAt } from './material.ts'
import { lightOnPoint, lightOnShape, type ShapeLight } from './moving-light.ts'
import { drawShape, lensInShape, wayTo } from './raster.ts'
import type { Shape } from './shape.ts'
import { toneOf } from './tone.ts'

export interface Actor {
  readonly shapes: readonly Shape[]
  /** People are what the truth is about. */
  readonly person: boolean
}

/** A shape of this frame with what its pixels need. */
interface Drawn {
  shape: Shape
  person: boolean
  /** The lens in the shape's own coordinates. */
  lens: Vector
  light: ShapeLight
  /** Dimming towards the rim, in `lightUnit`s. */
  unit: number
}

/** Draws actors over the standing scene, whose depth hides what is behind it. */
export class ActorLayer {
  readonly #background: Background
  readonly #standingDepth: Float32Array
  #drawn: Drawn[] = []

  constructor(background: Background) {
    this.#background = background
    this.#standingDepth = background.samples.depth.slice()
  }

  draw(actors: readonly Actor[], levels: LightLevels, frame: Frame): void {
    const { camera, samples } = this.#background
    this.#drawn = actors.flatMap(({ shapes, person }) =>
      shapes.map((shape) => ({
        shape,
        person,
        lens: lensInShape(shape, camera.position),
        light: lightOnShape(shape, levels),
        unit: lightUnit * vignette(Math.min(Math.PI / 2, project(camera, shape.bound.from).angle)),
      })),
    )
    this.#drawn.forEach(({ shape }, index) => {
      drawShape(samples, camera, shape, index + 1)
    })
    this.#resolveAll(frame)
  }

  /** Turns samples into pixels, and puts back the standing scene. */
  #resolveAll(frame: Frame): void {
    const { side, depth, owner, touched } = this.#background.samples
    for (let index = 0; index < touched.count; index++) {
      const at = touched.list[index] ?? 0
      const row = Math.floor(at / side)
      if (owner[at])
        this.#resolve(
          Math.floor((at - row * side) / samplesPerSide),
          Math.floor(row / samplesPerSide),
          frame,
        )
    }
    for (let index = 0; index < touched.count; index++) {
      const at = touched.list[index] ?? 0
      depth[at] = this.#standingDepth[at] ?? 0
    }
    touched.count = 0
  }

  /** Mixes a pixel from its samples and clears their owners. */
  #resolve(x: number, y: number, { picture, mask }: Frame): void {
    const { camera, samples } = this.#background
    const { owner, side } = samples
    const first = (y * side + x) * samplesPerSide
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
      // Neighbouring samples of one shape look the same.
      if (number !== before) tint = this.#colourOf(drawn, at)
      before = number
      covered++
      if (drawn.person) people++
      red += tint[0]
      green += tint[1]
      blue += tint[2]
    }
    const pixel = y * camera.size + x
    const at = pixel * 3
    const left = samplesPerPixel - covered
    picture[at] = (red + left * (picture[at] ?? 0)) / samplesPerPixel
    picture[at + 1] = (green + left * (picture[at + 1] ?? 0)) / samplesPerPixel
    picture[at + 2] = (blue + left * (picture[at + 2] ?? 0)) / samplesPerPixel
    if (people * 2 >= samplesPerPixel) mask[pixel] = 255
  }

  #colourOf({ shape, lens, light, unit }: Drawn, sample: number): Vector {
    const { camera, samples } = this.#background
    const way = wayTo(samples, sample)
    const [x, y, z] = shape.axes
    const local: Vector = [lens[0] + dot(x, way), lens[1] + dot(y, way), lens[2] + dot(z, way)]
    const lit = lightOnPoint(light, normalAt(shape, local), camera.position[2] + way[2])
    const albedo = colourAt(shape.material, local, shape.extent)
    const { glow } = shape.material
    return [
      toneOf(albedo[0] * (lit[0] + glow) * unit),
      toneOf(albedo[1] * (lit[1] + glow) * unit),
      toneOf(albedo[2] * (lit[2] + glow) * unit),
    ]
  }
}
