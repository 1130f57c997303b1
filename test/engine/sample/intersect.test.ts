import { expect, it } from 'vitest'
import { intersections } from '../../../src/engine/sample/draw/intersect.ts'
import { material } from '../../../src/engine/sample/draw/material.ts'
import { lensInShape } from '../../../src/engine/sample/draw/raster.ts'
import {
  ball,
  beam,
  box,
  cylinder,
  limb,
  type Shape,
} from '../../../src/engine/sample/draw/shape.ts'
import {
  add,
  cross,
  dot,
  length,
  mix,
  normalise,
  scale,
  subtract,
  type Vector,
} from '../../../src/engine/sample/vector.ts'
import fc from '../../fixtures/fast-check.ts'

const paint = material('#808080')
const from: Vector = [0.3, -0.2, 0.4]
const to: Vector = [-0.5, 0.6, 1.3]
const axis = normalise(subtract(to, from))

/** How far a point lies outside of a solid, by its definition; negative inside. */
const solids: Record<string, [Shape, (point: Vector) => number]> = {
  ball: [ball(from, 0.4, paint), (point) => length(subtract(point, from)) - 0.4],
  limb: [
    limb(from, to, [0.3, 0.12], paint),
    (point) => {
      const outside = (share: number): number =>
        length(subtract(point, mix(from, to, share))) - (0.3 + (0.12 - 0.3) * share)
      return Math.min(...Array.from({ length: 2001 }, (_, step) => outside(step / 2000)))
    },
  ],
  cylinder: [
    cylinder(from, to, 0.25, paint),
    (point) => {
      const along = dot(subtract(point, from), axis)
      const across = length(cross(subtract(point, from), axis))
      return Math.max(across - 0.25, -along, along - length(subtract(to, from)))
    },
  ],
  box: [
    box(from, [0.8, 0.4, 0.6], paint, 0.5),
    (point) => {
      const [x, y, z] = subtract(point, from)
      const [right, back] = [
        x * Math.cos(0.5) + y * Math.sin(0.5),
        y * Math.cos(0.5) - x * Math.sin(0.5),
      ]
      return Math.max(Math.abs(right) - 0.4, Math.abs(back) - 0.2, Math.abs(z) - 0.3)
    },
  ],
  beam: [
    beam(from, to, { width: 0.3, depth: 0.2, side: [0, 0, 1] }, paint),
    (point) => {
      const middle = subtract(point, mix(from, to, 0.5))
      const side = normalise(subtract([0, 0, 1], scale(axis, axis[2])))
      return Math.max(
        Math.abs(dot(middle, axis)) - length(subtract(to, from)) / 2,
        Math.abs(dot(middle, side)) - 0.15,
        Math.abs(dot(middle, cross(axis, side))) - 0.1,
      )
    },
  ],
}

const lens: Vector = [0.2, 0.1, 4]

function firstHit({ kind, extent, axes: [x, y, z], ...shape }: Shape, direction: Vector): number {
  const [ox, oy, oz] = lensInShape({ kind, extent, axes: [x, y, z], ...shape }, lens)
  const along = (row: Vector): number => dot(row, direction)
  return intersections[kind](extent, ox, oy, oz, along(x), along(y), along(z))
}

const coordinate = fc.double({ min: -1, max: 1.5, noNaN: true })

it.each(Object.keys(solids))('a ray meets a %s where it first touches it', (name) => {
  const [shape, outside] = solids[name] ?? []
  if (!shape || !outside) throw new Error(name)
  const aim = fc.tuple(coordinate, coordinate, coordinate)
  fc.assert(
    fc.property(aim, (target) => {
      const direction = normalise(subtract(target, lens))
      const far = firstHit(shape, direction)
      const at = (distance: number): Vector => add(lens, scale(direction, distance))
      const end = Math.min(far, 8)
      for (let step = 1; step < 60; step++)
        expect(outside(at((end * step) / 60))).toBeGreaterThan(-1e-3)
      if (Number.isFinite(far)) expect(Math.abs(outside(at(far)))).toBeLessThan(1e-3)
    }),
    { numRuns: 60 },
  )
})
