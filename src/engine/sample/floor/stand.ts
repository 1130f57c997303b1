/** @file A machine's own corner to build in: x to its right, y to its back, z up. */

import type { Material } from '../draw/material.ts'
import { box, cylinder, limb, type Shape } from '../draw/shape.ts'
import { frameAt, type Spot, type Vector } from '../vector.ts'

export interface Stand {
  box(middle: Vector, size: Vector, material: Material): Shape
  /** A box that stands on the given height. */
  block(foot: Vector, size: Vector, material: Material): Shape
  post(foot: Vector, height: number, radius: number, material: Material): Shape
  rod(from: Vector, to: Vector, radius: number, material: Material): Shape
  round(from: Vector, to: Vector, radii: readonly [number, number], material: Material): Shape
}

/** `angle` turns the stand to the left; at 0 its front (the worker's side) faces down the picture. */
export function standAt([x, y]: Spot, angle = 0): Stand {
  const { point } = frameAt([x, y, 0], angle)
  const stand: Stand = {
    box: (middle, size, material) => box(point(middle), size, material, angle),
    block: ([x, y, z], size, material) => stand.box([x, y, z + size[2] / 2], size, material),
    post: (foot, height, radius, material) =>
      stand.rod(foot, [foot[0], foot[1], foot[2] + height], radius, material),
    rod: (from, to, radius, material) => cylinder(point(from), point(to), radius, material),
    round: (from, to, radii, material) => limb(point(from), point(to), radii, material),
  }
  return stand
}
