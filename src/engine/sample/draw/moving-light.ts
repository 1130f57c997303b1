/** @file Light on shapes that move: no rays are cast, each shape has one light for all its sides. */
import { add, dot, mix, normalise, scale, subtract, type Vector } from '../vector.ts'
import {
  ambient,
  type LightLevels,
  lamps,
  layerColours,
  layerNames,
  reach,
  sunOn,
  sunThroughWindows,
} from './lamps.ts'
import type { Colour } from './material.ts'
import type { Shape } from './shape.ts'

/** Light that a surface takes up by the way it faces: `base + along · normal`, then the sun. */
export interface ShapeLight {
  base: Colour
  /** By channel. */
  along: readonly [Vector, Vector, Vector]
  sun: Colour
}

/** The same share of light as `wrapped`, as a linear function: 0.2 + 0.8 cosine. */
const even = 0.2

export function lightOnShape({ bound }: Shape, levels: LightLevels): ShapeLight {
  const middle = mix(bound.from, bound.to, 0.5)
  let base: Colour = [0, 0, 0]
  const along: [Vector, Vector, Vector] = [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]
  for (const layer of layerNames)
    base = add(base, scale(layerColours[layer], ambient[layer] * levels[layer] * 0.75))
  for (const lamp of lamps)
    for (const from of lamp.points) {
      const weight = reach(lamp, from, middle) * levels[lamp.layer]
      if (weight <= 0) continue
      const tint = layerColours[lamp.layer]
      const direction = scale(normalise(subtract(from, middle)), weight * (1 - even))
      base = add(base, scale(tint, weight * even))
      for (const channel of [0, 1, 2] as const)
        along[channel] = add(along[channel], scale(direction, tint[channel]))
    }
  const sun = scale(layerColours.sun, sunThroughWindows(middle) * levels.sun)
  return { base, along, sun }
}

/** What stands above takes light from what is below: the nearer to the floor the darker. */
const underOthers = (height: number): number =>
  0.62 + 0.38 * Math.min(1, Math.max(0, height / 1.35))

/** Light on a point of the shape, by channel. */
export function lightOnPoint(light: ShapeLight, normal: Vector, height: number): Colour {
  const sun = light.sun[0] > 0 ? sunOn(normal) : 0
  const dim = underOthers(height)
  const channel = (at: 0 | 1 | 2): number =>
    dim * Math.max(0.04, light.base[at] + dot(light.along[at], normal)) + light.sun[at] * sun
  return [channel(0), channel(1), channel(2)]
}
