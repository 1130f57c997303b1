/** @file What lies under a pointer. Reaches are in pixels of the picture. */
import { isInside } from '../../../shared/polygon.ts'
import type { Point } from '../../../shared/region.ts'
import type { DrawnRegion, Regions } from './drawn-region.ts'

export type Hit =
  | { kind: 'point'; key: string; index: number }
  /** The edge that begins at the point `index`. */
  | { kind: 'edge'; key: string; index: number; at: Point }
  | { kind: 'inside'; key: string }

export const distance = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1])

/** The place on a segment that is nearest to a point. */
export function nearestOn(a: Point, b: Point, to: Point): Point {
  const [across, down] = [b[0] - a[0], b[1] - a[1]]
  const length = across ** 2 + down ** 2
  const along = length === 0 ? 0 : ((to[0] - a[0]) * across + (to[1] - a[1]) * down) / length
  const share = Math.min(1, Math.max(0, along))
  return [a[0] + across * share, a[1] + down * share]
}

/** Edges of a polygon with the index of the point where each begins. */
export function edgesOf(points: readonly Point[]): [Point, Point, number][] {
  return points.map((point, i) => [point, points[(i + 1) % points.length] ?? point, i])
}

function nearestIndex(points: readonly Point[], at: Point, reach: number): number | null {
  const found = points
    .map((point, index) => ({ index, away: distance(point, at) }))
    .filter(({ away }) => away <= reach)
    .sort((a, b) => a.away - b.away)
  return found[0]?.index ?? null
}

function outlineHit(region: DrawnRegion, at: Point, reach: number): Hit | null {
  const { key, points } = region
  const index = nearestIndex(points, at, reach)
  if (index !== null) return { kind: 'point', key, index }
  for (const [from, to, start] of edgesOf(points)) {
    const near = nearestOn(from, to, at)
    if (distance(near, at) <= reach) return { kind: 'edge', key, index: start, at: near }
  }
  return null
}

/**
 * Points and edges of selected regions come first: only they can be taken hold of. Then the topmost
 * region that the pointer is in, a selected one before others.
 */
export function hitTest(
  regions: Regions,
  selected: readonly string[],
  at: Point,
  reach: number,
): Hit | null {
  const isSelected = ({ key }: DrawnRegion): boolean => selected.includes(key)
  for (const region of regions.filter((one) => isSelected(one) && !one.locked)) {
    const hit = outlineHit(region, at, reach)
    if (hit) return hit
  }
  const under = regions.filter(({ points }) => isInside(points, at))
  const top = under.findLast(isSelected) ?? under.at(-1)
  return top ? { kind: 'inside', key: top.key } : null
}
