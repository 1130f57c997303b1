/** @file The light on the standing scene, found by rays to the lamps and smoothed between them. */
import { add, dot, scale, subtract, type Vector } from '../vector.ts'
import {
  ambient,
  type Layer,
  lamps,
  layerNames,
  reach,
  sunOn,
  sunThroughWindows,
  towardsSun,
  wrapped,
} from './lamps.ts'
import type { occlusion } from './occluders.ts'

export type Levels = Record<Layer, number>

/** A point of a surface: the number of its shape, where it is, and which way it faces. */
export interface Surface {
  number: number
  point: Vector
  normal: Vector
}

/** Light of each layer but the sun's that reaches a point. */
function lightAt({ point, normal }: Surface, blocked: ReturnType<typeof occlusion>): Levels {
  const start = add(point, scale(normal, 4e-3))
  const levels: Levels = { lamps: 0, flicker: 0, sky: 0, sun: 0 }
  let open = 0
  let total = 0
  for (const lamp of lamps)
    for (const from of lamp.points) {
      const weight = reach(lamp, from, point)
      if (weight <= 0) continue
      total += weight
      if (blocked(start, from)) continue
      open += weight
      const away = subtract(from, point)
      levels[lamp.layer] += weight * wrapped(dot(away, normal) / Math.hypot(...away))
    }
  // Bounced light comes from everywhere above; where the lamps are hidden, most of it is too.
  const bounced = (0.35 + 0.65 * (total > 0 ? open / total : 1)) * (0.7 + 0.3 * normal[2])
  for (const layer of layerNames) levels[layer] += ambient[layer] * bounced
  return levels
}

/** Towards the parts of the sun's disc, a little larger than life: its shadows have soft edges. */
const sunDisc: readonly Vector[] = [
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
].map(([y = 0, z = 0]) => add(scale(towardsSun, 10), [0, 0.07 * y, 0.07 * z]))

/** Sun that reaches a point; its edges are too sharp to be interpolated. */
function sunAt({ point, normal }: Surface, blocked: ReturnType<typeof occlusion>): number {
  const sun = sunThroughWindows(point) * sunOn(normal)
  if (sun < 1e-3) return 0
  const start = add(point, scale(normal, 4e-3))
  const open = sunDisc.filter((part) => !blocked(start, add(start, part)))
  return (sun * open.length) / sunDisc.length
}

/** Every how many pixels rays are cast; between, the light of one surface is interpolated. */
const step = 4

interface Node extends Surface {
  levels: Levels
  brightness: number
}

function nodeAt(surface: Surface, blocked: ReturnType<typeof occlusion>): Node {
  const levels = lightAt(surface, blocked)
  return { ...surface, levels, brightness: levels.lamps + levels.flicker + levels.sky }
}

/**
 * Light by pixel. `surfaceAt` names what the middle of a pixel shows, null outside the circle.
 * Where no neighbouring point of the lattice lies on the same face, or a shadow's edge runs between
 * them, rays are cast for the pixel.
 */
export class LightField {
  readonly #nodes: (Node | null)[] = []
  readonly #columns: number
  readonly #blocked: ReturnType<typeof occlusion>

  constructor(
    size: number,
    blocked: ReturnType<typeof occlusion>,
    surfaceAt: (x: number, y: number) => Surface | null,
  ) {
    this.#blocked = blocked
    this.#columns = Math.ceil(size / step) + 1
    for (let row = 0; row < this.#columns; row++)
      for (let column = 0; column < this.#columns; column++) {
        const surface = surfaceAt(Math.min(size - 1, column * step), Math.min(size - 1, row * step))
        this.#nodes.push(surface && nodeAt(surface, blocked))
      }
  }

  at(x: number, y: number, surface: Surface): Levels {
    return { ...this.#diffuse(x, y, surface), sun: sunAt(surface, this.#blocked) }
  }

  #diffuse(x: number, y: number, surface: Surface): Levels {
    const column = Math.floor(x / step)
    const row = Math.floor(y / step)
    const right = x / step - column
    const below = y / step - row
    const sum: Levels = { lamps: 0, flicker: 0, sky: 0, sun: 0 }
    let total = 0
    let darkest = Number.POSITIVE_INFINITY
    let brightest = 0
    for (let corner = 0; corner < 4; corner++) {
      const node = this.#nodes[(row + (corner >> 1)) * this.#columns + column + (corner & 1)]
      if (!node || node.number !== surface.number) continue
      if (dot(node.normal, surface.normal) < 0.9) continue
      const weight = (corner & 1 ? right : 1 - right) * (corner >> 1 ? below : 1 - below)
      total += weight
      darkest = Math.min(darkest, node.brightness)
      brightest = Math.max(brightest, node.brightness)
      for (const layer of layerNames) sum[layer] += node.levels[layer] * weight
    }
    if (total < 0.3 || brightest > 1.12 * darkest) return lightAt(surface, this.#blocked)
    for (const layer of layerNames) sum[layer] /= total
    return sum
  }
}
