/** @file Everything that stands still, drawn once: what each pixel shows in each kind of light. */
import { add, clamp, dot, scale, type Vector } from '../vector.ts'
import { type Camera, sampleDirections, samplesPerSide } from './camera.ts'
import { normalAt } from './intersect.ts'
import { type Layer, layerColours, layerNames } from './lamps.ts'
import { type Levels, LightField, type Surface } from './light-field.ts'
import { type Colour, colourAt } from './material.ts'
import { occlusion } from './occluders.ts'
import { drawShape, lensInShape, type Samples } from './raster.ts'
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
  /** Depth and owner hold the standing scene; whoever draws over it puts them back. */
  readonly samples: Samples
  /** Light by layer, `[size, size, 3]` in `lightUnit`s, dimmed towards the rim. */
  readonly layers: Readonly<Record<Layer, Uint16Array>>
  /** Outward normal of what a pixel shows, `[size, size, 3]` times 127. */
  readonly normals: Int8Array
}

/** Lenses dim towards the rim (less than the fourth power of the cosine: they are corrected). */
export const vignette = (angle: number): number => 1 - 0.42 * (angle / (Math.PI / 2)) ** 3

/** A surface with its shape and the point in that shape's own coordinates. */
interface Seen extends Surface {
  shape: Shape
  local: Vector
}

/** Returns what a sample shows: null outside the image circle. */
function viewer(
  camera: Camera,
  { directions, depth, owner }: Samples,
  shapes: readonly Shape[],
): (at: number) => Seen | null {
  const lensIn = shapes.map((shape) => lensInShape(shape, camera.position))
  return (at) => {
    const number = owner[at] ?? 0
    const shape = shapes[number - 1]
    const lens = lensIn[number - 1]
    if (!shape || !lens) return null
    const way = scale(
      [directions[at * 3] ?? 0, directions[at * 3 + 1] ?? 0, directions[at * 3 + 2] ?? 0],
      depth[at] ?? 0,
    )
    const [x, y, z] = shape.axes
    const local = add(lens, [dot(x, way), dot(y, way), dot(z, way)])
    return {
      number,
      shape,
      local,
      point: add(camera.position, way),
      normal: normalAt(shape, local),
    }
  }
}

/** Draws the standing scene; a few seconds' work at full size. */
export function drawBackground(camera: Camera, { hall, furniture }: Scenery): Background {
  const shapes = [...hall, ...furniture.flat()]
  const side = camera.size * samplesPerSide
  const directions = sampleDirections(camera)
  const depth = new Float32Array(side * side)
  for (let at = 0; at < depth.length; at++)
    depth[at] =
      directions[at * 3 + 2] === 0 && directions[at * 3] === 0 ? 0 : Number.POSITIVE_INFINITY
  const samples: Samples = { side, directions, depth, owner: new Uint16Array(side * side) }
  shapes.forEach((shape, index) => {
    drawShape(samples, camera, shape, index + 1)
  })
  const seen = viewer(camera, samples, shapes)
  const sampleOf = (x: number, y: number, part: number): number =>
    (y * samplesPerSide + (part >> 1)) * side + x * samplesPerSide + (part & 1)
  const field = new LightField(camera.size, occlusion(furniture), (x, y) => seen(sampleOf(x, y, 0)))
  const { size } = camera
  const pixels = (): Uint16Array => new Uint16Array(size * size * 3)
  const layers = { lamps: pixels(), flicker: pixels(), sky: pixels(), sun: pixels() }
  const normals = new Int8Array(size * size * 3)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const pixel = (y * size + x) * 3
      const angle = Math.hypot(x + 0.5 - camera.cx, y + 0.5 - camera.cy) / camera.focal
      const share = vignette(angle) / samplesPerSide ** 2
      let before: Seen | null = null
      let levels: Levels | null = null
      for (let part = 0; part < samplesPerSide ** 2; part++) {
        const here = seen(sampleOf(x, y, part))
        if (!here) continue
        if (!levels || before?.number !== here.number || dot(before.normal, here.normal) < 0.9) {
          levels = field.at(x, y, here)
          for (let axis = 0; axis < 3; axis++)
            normals[pixel + axis] = Math.round((here.normal[axis] ?? 0) * 127)
        }
        before = here
        addLight(layers, pixel, levels, here, share)
      }
    }
  return { camera, samples, layers, normals }
}

function addLight(
  layers: Background['layers'],
  pixel: number,
  levels: Levels,
  { shape, local }: Seen,
  share: number,
): void {
  const albedo: Colour = colourAt(shape.material, local, shape.extent)
  for (const layer of layerNames)
    for (let channel = 0; channel < 3; channel++) {
      const own = layer === 'lamps' ? shape.material.glow : 0
      const light = (layerColours[layer][channel] ?? 0) * levels[layer] + own
      const value = (albedo[channel] ?? 0) * light * share * lightUnit
      const into = layers[layer]
      into[pixel + channel] = clamp((into[pixel + channel] ?? 0) + value, 0, 65535)
    }
}
