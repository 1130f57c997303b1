/** @file An object as one ring, for formats whose polygons have neither holes nor parts. */
import type { Size } from '../../shared/recipe.ts'
import type { SetObject } from './annotated-set.ts'
import { bridgeHoles } from './shapes/bridge-holes.ts'
import { fillPolygon } from './shapes/fill-polygon.ts'
import { sameRaster } from './shapes/raster.ts'
import { outlineParts } from './shapes/trace-outline.ts'

/**
 * Rings as one, with the same fill by the even-odd rule: a seam leads from the first corner of each to
 * that of the next, and all the seams back again, so that they enclose nothing.
 */
export function joinRings(rings: readonly (readonly number[])[]): number[] {
  const [only] = rings
  if (only && rings.length === 1) return [...only]
  const there = rings.flatMap((ring) => [...ring, ...ring.slice(0, 2)])
  const back = rings.slice(1, -1).reverse()
  return [...there, ...back.flatMap((ring) => ring.slice(0, 2))]
}

/** The ring of an object: as it was marked, where that gives its pixels; traced along them otherwise. */
export function ringOf({ outline, raster }: SetObject, size: Size): number[] {
  const marked = outline?.every((ring) => ring.length >= 6) ? outline : null
  if (marked && sameRaster(fillPolygon(marked, size), raster)) return joinRings(marked)
  return joinRings(outlineParts(raster).map(bridgeHoles))
}
