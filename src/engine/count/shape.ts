/** @file The pixels that a score sums over, apart from the region's name, colour and threshold. */
import { createHash } from 'node:crypto'
import { canonicalJson, type Size } from '../../shared/recipe.ts'
import type { Point, Region } from '../../shared/region.ts'

/** A polygon less the ignore polygons, in a picture of this size. */
export interface Shape {
  points: Point[]
  /** Polygons whose pixels do not count, in an order that depends on nothing but themselves. */
  ignored: Point[][]
  size: Size
}

/** SHA-256 of the shape: regions that sum over the same pixels share their scores. */
export function shapeHash(shape: Shape): string {
  return createHash('sha256').update(canonicalJson(shape)).digest('hex')
}

/** A region with the shape it has among the other regions. */
export interface ShapedRegion<Kind> {
  region: Kind
  shape: Shape
}

/**
 * The shapes of the regions that count, in their order. All points are in the pixels of a picture
 * of this size, that is, mapped to the recipe in use.
 */
export function shapesOf<Kind extends Pick<Region, 'kind' | 'points'>>(
  regions: readonly Kind[],
  size: Size,
): ShapedRegion<Kind>[] {
  const ignored = regions
    .filter((region) => region.kind === 'ignore')
    .map((region) => region.points)
    .sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1))
  return regions
    .filter((region) => region.kind === 'count')
    .map((region) => ({ region, shape: { points: region.points, ignored, size } }))
}
