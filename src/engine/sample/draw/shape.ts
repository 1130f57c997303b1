/** @file The solids that everything in the room is built from. */
import { add, cross, dot, length, normalise, scale, subtract, type Vector } from '../vector.ts'
import type { Material } from './material.ts'

/**
 * box: |x|, |y|, |z| up to `extent`, origin in its middle.
 * cone: a swept sphere along z from 0 to `extent[2]`, its radius going from `extent[0]` to
 * `extent[1]`; a ball when its length is 0.
 * cylinder: of radius `extent[0]` along z from 0 to `extent[2]`, with flat ends.
 */
export type ShapeKind = 'box' | 'cone' | 'cylinder'

export interface Shape {
  readonly kind: ShapeKind
  readonly material: Material
  readonly origin: Vector
  /** Rows of the matrix that takes (point - origin) into the shape's own coordinates. */
  readonly axes: readonly [Vector, Vector, Vector]
  readonly extent: Vector
  /** The shape lies within a sphere of this radius that moves from `from` to `to`. */
  readonly bound: { readonly from: Vector; readonly to: Vector; readonly radius: number }
}

/** A unit direction across `along`, as close to `wanted` as can be. */
function across(along: Vector, wanted: Vector): Vector {
  const side = subtract(wanted, scale(along, dot(wanted, along)))
  if (length(side) > 1e-3) return normalise(side)
  return normalise(cross(along, Math.abs(along[0]) < 0.9 ? [1, 0, 0] : [0, 1, 0]))
}

/** A right-handed frame whose third axis is `along` and whose first is close to `side`. */
function frameAlong(along: Vector, side: Vector): [Vector, Vector, Vector] {
  const x = across(along, side)
  return [x, cross(along, x), along]
}

/** An upright box by its middle and full size, turned to the left by `angle`. */
export function box(middle: Vector, size: Vector, material: Material, angle = 0): Shape {
  const cos = Math.cos(angle)
  const sin = Math.sin(angle)
  const extent = scale(size, 0.5)
  return {
    kind: 'box',
    material,
    origin: middle,
    axes: [
      [cos, sin, 0],
      [-sin, cos, 0],
      [0, 0, 1],
    ],
    extent,
    bound: { from: middle, to: middle, radius: length(extent) },
  }
}

/** A box from `from` to `to`; `width` is measured along `side`, `depth` across it. */
export function beam(
  from: Vector,
  to: Vector,
  { width, depth, side = [1, 0, 0] }: { width: number; depth: number; side?: Vector },
  material: Material,
): Shape {
  const span = subtract(to, from)
  const extent: Vector = [width / 2, depth / 2, length(span) / 2]
  return {
    kind: 'box',
    material,
    origin: add(from, scale(span, 0.5)),
    axes: frameAlong(normalise(span), side),
    extent,
    bound: { from, to, radius: Math.hypot(extent[0], extent[1]) },
  }
}

export function cylinder(from: Vector, to: Vector, radius: number, material: Material): Shape {
  const span = subtract(to, from)
  return {
    kind: 'cylinder',
    material,
    origin: from,
    axes: frameAlong(normalise(span), [1, 0, 0]),
    extent: [radius, radius, length(span)],
    bound: { from, to, radius: radius * Math.SQRT2 },
  }
}

/** How a limb's cross section departs from a circle: its width along `side` and its depth. */
export interface Flattening {
  side: Vector
  width: number
  depth: number
}

const round: Flattening = { side: [1, 0, 0], width: 1, depth: 1 }

/**
 * A rounded, tapering limb with the given radii at its two ends. With a flattening the radii are
 * multiplied by its width and depth across the limb.
 */
export function limb(
  from: Vector,
  to: Vector,
  radii: readonly [number, number],
  material: Material,
  { side, width, depth }: Flattening = round,
): Shape {
  const span = subtract(to, from)
  const [x, y, z] = frameAlong(normalise(span), side)
  return {
    kind: 'cone',
    material,
    origin: from,
    axes: [scale(x, 1 / width), scale(y, 1 / depth), z],
    extent: [radii[0], radii[1], length(span)],
    bound: { from, to, radius: Math.max(radii[0], radii[1]) * Math.max(1, width, depth) },
  }
}

/** A ball, or with a flattening an ellipsoid that stands upright along `up`. */
export function ball(
  middle: Vector,
  radius: number,
  material: Material,
  { up = [0, 0, 1], ...flattening }: Partial<Flattening> & { up?: Vector } = {},
): Shape {
  const { side, width, depth } = { ...round, ...flattening }
  const [x, y, z] = frameAlong(normalise(up), side)
  return {
    kind: 'cone',
    material,
    origin: middle,
    axes: [scale(x, 1 / width), scale(y, 1 / depth), z],
    extent: [radius, radius, 0],
    bound: { from: middle, to: middle, radius: radius * Math.max(1, width, depth) },
  }
}
