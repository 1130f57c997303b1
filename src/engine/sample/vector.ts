/** @file Points and directions in metres: x to the right of the picture, y up in it, z up. */

export type Vector = readonly [number, number, number]
/** A point on the floor. */
export type Spot = readonly [number, number]

export const add = (a: Vector, b: Vector): Vector => [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
export const subtract = (a: Vector, b: Vector): Vector => [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
export const scale = (a: Vector, by: number): Vector => [a[0] * by, a[1] * by, a[2] * by]
export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
export const length = (a: Vector): number => Math.hypot(a[0], a[1], a[2])

export const cross = (a: Vector, b: Vector): Vector => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
]

/** Unit length; upwards where there is no direction. */
export function normalise(a: Vector): Vector {
  const size = length(a)
  return size > 1e-9 ? scale(a, 1 / size) : [0, 0, 1]
}

export const mix = (a: Vector, b: Vector, share: number): Vector => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
]

export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const share = clamp((value - low) / (high - low), 0, 1)
  return share * share * (3 - 2 * share)
}

export const distance = (a: Spot, b: Spot): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** A local frame that stands on the floor and is turned to the left by `angle` (radians). */
export interface Frame {
  point(local: Vector): Vector
  direction(local: Vector): Vector
}

export function frameAt(origin: Vector, angle: number): Frame {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const direction = ([x, y, z]: Vector): Vector => [x * cos - y * sin, x * sin + y * cos, z]
  return { direction, point: (local) => add(origin, direction(local)) }
}
