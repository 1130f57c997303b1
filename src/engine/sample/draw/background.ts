/** @file Everything that stands still, drawn once: what each pixel shows in each kind of light. */
import { add, dot, scale, type Vector } from '../vector.ts'
import { type Camera, sampleDirections, samplesPerPixel, samplesPerSide } from './camera.ts'
import { normalAt } from './intersect.ts'
import { type Layer, layerColours, layerNames } from './lamps.ts'
import { type Levels, LightField, type Surface } from './light-field.ts'
import { type Colour, colourAt } from './material.ts'
import { occlusion } from './occluders.ts'
import { drawShape, lensInShape, type Samples, wayTo } from './raster.ts'
import type { Shape } from './shape.ts'

/** Light of 1 is this number in the layers. */
export const lightUnit = 4096

/** What stands still: the hall that holds everything, and what stands in it and casts shadows. */
export interface Scenery {
  hall: readonly Shape[]
  /** By machine. */
  furniture: readonly (readonly Shape[])[]
}

export interface Background {
  readonly camera: Camera
  /** Depth of the standing scene; owners are free for whoever draws over it. */
  readonly samples: Samples
  /** Light by layer, `[size, size, 3]` in `lightUnit`s, dimmed towards the rim. */
  readonly layers: Readonly<Record<Layer, Uint16Array>>
  /** Outward normal of what a pixel shows, `[size, size, 3]` times 127. */
  readonly normals: Int8Array
}

/** Lenses dim towards the rim (less than the fourth power of the cosine: they are corrected). */
export const vignette = (angle: number): number => 1 - 0.42 * (angle / (Math.PI / 2)) ** 3

/** Draws the standing scene; a few seconds' work at full size. */
export function drawBackground(camera: Camera, { hall, furniture }: Scenery): Background {
  const shapes = [...hall, ...furniture.flat()]
  const samples = emptySamples(camera)
  shapes.forEach((shape, index) => {
    drawShape(samples, camera, shape, index + 1)
  })
  const view = new StandingView(camera, samples, shapes)
  const field = new LightField(camera.size, occlusion(furniture), (x, y) =>
    view.surface(view.sampleOf(x, y, 0)),
  )
  const shaded = shade(camera, view, field)
  samples.owner.fill(0)
  samples.touched.count = 0
  return { camera, samples, ...shaded }
}

function emptySamples(camera: Camera): Samples {
  const side = camera.size * samplesPerSide
  const directions = sampleDirections(camera)
  const depth = new Float32Array(side * side)
  // Nothing is nearer than 0: so nothing is drawn outside the image circle.
  for (let at = 0; at < depth.length; at++)
    depth[at] = directions[at * 3 + 2] === 0 ? 0 : Number.POSITIVE_INFINITY
  const touched = { list: new Uint32Array(side * side), count: 0 }
  return { side, directions, depth, owner: new Uint16Array(side * side), touched }
}

/** What the samples show of the standing scene. */
class StandingView {
  readonly #camera: Camera
  readonly #samples: Samples
  readonly #shapes: readonly { shape: Shape; lens: Vector }[]

  constructor(camera: Camera, samples: Samples, shapes: readonly Shape[]) {
    this.#camera = camera
    this.#samples = samples
    this.#shapes = shapes.map((shape) => ({ shape, lens: lensInShape(shape, camera.position) }))
  }

  sampleOf(x: number, y: number, part: number): number {
    return (y * samplesPerSide + (part >> 1)) * this.#samples.side + x * samplesPerSide + (part & 1)
  }

  /** Number of the shape that a sample shows; 0 outside the image circle. */
  numberOf(sample: number): number {
    return this.#samples.owner[sample] ?? 0
  }

  surface(sample: number): Surface | null {
    const number = this.numberOf(sample)
    const shown = this.#shapes[number - 1]
    if (!shown) return null
    const way = wayTo(this.#samples, sample)
    const normal = normalAt(shown.shape, this.#local(shown, way))
    return { number, point: add(this.#camera.position, way), normal }
  }

  colour(sample: number): Colour {
    const shown = this.#shapes[this.numberOf(sample) - 1]
    if (!shown) return [0, 0, 0]
    const { material, extent } = shown.shape
    return colourAt(material, this.#local(shown, wayTo(this.#samples, sample)), extent)
  }

  glow(number: number): number {
    return this.#shapes[number - 1]?.shape.material.glow ?? 0
  }

  #local({ shape, lens }: { shape: Shape; lens: Vector }, way: Vector): Vector {
    const [x, y, z] = shape.axes
    return [lens[0] + dot(x, way), lens[1] + dot(y, way), lens[2] + dot(z, way)]
  }
}

function shade(
  camera: Camera,
  view: StandingView,
  field: LightField,
): Pick<Background, 'layers' | 'normals'> {
  const { size } = camera
  const pixels = (): Uint16Array => new Uint16Array(size * size * 3)
  const layers = { lamps: pixels(), flicker: pixels(), sky: pixels(), sun: pixels() }
  const normals = new Int8Array(size * size * 3)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const pixel = (y * size + x) * 3
      const angle = Math.hypot(x + 0.5 - camera.cx, y + 0.5 - camera.cy) / camera.focal
      const unit = (vignette(angle) * lightUnit) / samplesPerPixel
      let part = 0
      while (part < samplesPerPixel) {
        const first = view.sampleOf(x, y, part)
        const number = view.numberOf(first)
        // Neighbouring samples of one shape share its light, each has its own colour.
        let sum: Colour = [0, 0, 0]
        do sum = add(sum, view.colour(view.sampleOf(x, y, part++)))
        while (part < samplesPerPixel && view.numberOf(view.sampleOf(x, y, part)) === number)
        const surface = view.surface(first)
        if (!surface) continue
        addLight(layers, pixel, field.at(x, y, surface), scale(sum, unit), view.glow(number))
        for (let axis = 0; axis < 3; axis++)
          normals[pixel + axis] = Math.round((surface.normal[axis] ?? 0) * 127)
      }
    }
  return { layers, normals }
}

function addLight(
  layers: Background['layers'],
  pixel: number,
  levels: Levels,
  albedo: Colour,
  glow: number,
): void {
  for (const layer of layerNames) {
    const tint = layerColours[layer]
    const own = layer === 'lamps' ? glow : 0
    const into = layers[layer]
    for (const channel of [0, 1, 2] as const)
      into[pixel + channel] =
        (into[pixel + channel] ?? 0) + albedo[channel] * (tint[channel] * levels[layer] + own)
  }
}
