/** @file Where light comes from, and how much of it reaches a point. */
import { dot, smoothstep, type Vector } from '../vector.ts'
import type { Colour } from './material.ts'

/**
 * Light is kept in layers that change by themselves: the lamps, those that flicker, the
 * daylight of the sky, and the sun through the windows.
 */
export const layerNames = ['lamps', 'flicker', 'sky', 'sun'] as const
export type Layer = (typeof layerNames)[number]

/** How strong each layer is at a moment; 1 is its usual strength. */
export type LightLevels = Readonly<Record<Layer, number>>

export const layerColours: Readonly<Record<Layer, Colour>> = {
  lamps: [1, 0.95, 0.86],
  flicker: [0.96, 1, 0.93],
  sky: [0.8, 0.92, 1.08],
  sun: [1.1, 0.98, 0.78],
}

export interface Lamp {
  readonly layer: Layer
  /** Ends of the tube, or of the row of points that a window is taken for. */
  readonly points: readonly Vector[]
  readonly strength: number
}

const lampHeight = 3.86
const tube = ([x, y]: readonly [number, number]): readonly Vector[] => [
  [x - 0.45, y, lampHeight],
  [x + 0.45, y, lampHeight],
]

const rows: readonly (readonly [number, number])[] = [
  [-4.4, 4],
  [0, 4],
  [4.4, 4],
  [-4.4, 0],
  [4.4, 0],
  [-4.4, -4],
  [0, -4],
  [4.4, -4],
]
/** These hang on a circuit that fails at times; they are newer and brighter than the others. */
const flickering = new Set([1, 4, 5])

export const lamps: readonly Lamp[] = [
  ...rows.map(
    (at, index): Lamp => ({
      layer: flickering.has(index) ? 'flicker' : 'lamps',
      points: tube(at),
      strength: flickering.has(index) ? 9.5 : 2.3,
    }),
  ),
  {
    layer: 'sky',
    points: [
      [-6.8, -3.4, 3],
      [-6.8, -1.6, 3],
      [-6.8, 0.2, 3],
    ],
    strength: 10,
  },
]

/** Windows in the left wall, by spans of y, and their height. */
export const windows = {
  spans: [
    [-4.4, -2.7],
    [-2.4, -0.7],
    [-0.4, 1.1],
  ],
  bottom: 2.1,
  top: 3.7,
  wall: -7,
} as const

/** Unit direction towards the sun. */
export const towardsSun: Vector = [-0.757, -0.214, 0.617]
export const sunStrength = 0.85

/** What the light that bounces around the hall adds everywhere, as a share of each layer. */
export const ambient: LightLevels = { lamps: 0.17, flicker: 0.13, sky: 0.09, sun: 0 }

/** Weight of one lamp point at a place: inverse square, and lamps shine downwards. */
export function reach(lamp: Lamp, from: Vector, to: Vector): number {
  const away = [to[0] - from[0], to[1] - from[1], to[2] - from[2]] as const
  const square = away[0] ** 2 + away[1] ** 2 + away[2] ** 2
  const spread = lamp.layer === 'sky' ? away[0] : -away[2]
  return (lamp.strength * Math.max(0, spread)) / (square ** 1.5 * lamp.points.length)
}

/** How much of the light from a direction a surface takes up; soft, as light also bounces. */
export const wrapped = (cosine: number): number => Math.max(0, (cosine + 0.25) / 1.25)

/** Share of the sun that comes in through the windows at a point, soft at the frames. */
export function sunThroughWindows(point: Vector): number {
  const way = (windows.wall - point[0]) / towardsSun[0]
  if (way <= 0) return 0
  const y = point[1] + way * towardsSun[1]
  const z = point[2] + way * towardsSun[2]
  const soft = 0.012 * way
  const edge = (low: number, high: number, value: number): number =>
    smoothstep(low - soft, low + soft, value) * (1 - smoothstep(high - soft, high + soft, value))
  let open = 0
  for (const [low, high] of windows.spans) open += edge(low, high, y)
  return open * edge(windows.bottom, windows.top, z)
}

export const sunOn = (normal: Vector): number => Math.max(0, dot(normal, towardsSun)) * sunStrength
