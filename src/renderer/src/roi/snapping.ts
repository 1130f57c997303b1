/** @file Snapping to points and edges of other regions and to the picture's sides. */
import type { Size } from '../../../shared/recipe.ts'
import type { Point } from '../../../shared/region.ts'
import { distance, edgesOf, nearestOn } from './hit.ts'

export interface SnapTargets {
  outlines: readonly (readonly Point[])[]
  size: Size
}

export interface Snapped {
  at: Point
  /** What it holds on to; null where nothing is near. */
  to: 'point' | 'edge' | 'side' | null
}

/** The place that a point is meant to be at: the nearest point in reach, else edge, else side. */
export function snap(at: Point, { outlines, size }: SnapTargets, reach: number): Snapped {
  const point = nearest(outlines.flat(), at, reach)
  if (point) return { at: point, to: 'point' }
  const side = toSides(at, size, reach)
  if (side[0] !== at[0] && side[1] !== at[1]) return { at: side, to: 'side' }
  const places = outlines.flatMap((points) =>
    edgesOf(points).map(([from, to]) => nearestOn(from, to, at)),
  )
  const edge = nearest(places, at, reach)
  if (edge) return { at: edge, to: 'edge' }
  const isOnSide = side[0] !== at[0] || side[1] !== at[1]
  return { at: side, to: isOnSide ? 'side' : null }
}

function nearest(points: readonly Point[], at: Point, reach: number): Point | null {
  let best: Point | null = null
  for (const point of points) {
    const away = distance(point, at)
    if (away <= reach && (!best || away < distance(best, at))) best = point
  }
  return best
}

function toSides([x, y]: Point, { width, height }: Size, reach: number): Point {
  const along = (value: number, length: number): number =>
    value <= reach ? 0 : value >= length - reach ? length : value
  return [along(x, width), along(y, height)]
}

/**
 * By how much to move a whole outline further so that one of its points holds on to something: the
 * nearest such hold of all points.
 */
export function snapOutline(
  points: readonly Point[],
  targets: SnapTargets,
  reach: number,
): { by: Point; held: Point | null } {
  let best: { by: Point; held: Point; away: number } | null = null
  for (const point of points) {
    const { at, to } = snap(point, targets, reach)
    const away = distance(at, point)
    if (to && (!best || away < best.away))
      best = { by: [at[0] - point[0], at[1] - point[1]], held: at, away }
  }
  return best ?? { by: [0, 0], held: null }
}
