/** @file Polygons to pixels, by the rule of regions: pixels whose centres lie inside, even-odd. */
import type { Size } from '../../../shared/recipe.ts'
import type { Point } from '../../../shared/region.ts'
import { rasteriseRings } from '../../../shared/region-raster.ts'
import type { Raster } from '../annotated-set.ts'
import { rasterOfSpans } from './raster.ts'

/**
 * The pixels within rings, `[x0, y0, x1, y1, …]` each. All of them count together: a ring within
 * another one is a hole.
 */
export function fillPolygon(rings: readonly (readonly number[])[], size: Size): Raster {
  return rasterOfSpans(rasteriseRings(rings.map(pointsOf), size))
}

/** `[x0, y0, x1, y1, …]` as points. */
export function pointsOf(ring: readonly number[]): Point[] {
  const points: Point[] = []
  for (let i = 0; i + 1 < ring.length; i += 2) points.push([ring[i] ?? 0, ring[i + 1] ?? 0])
  return points
}
