/**
 * @file Pictures of tools that paint shapes one over the other, some of them as background or as
 * pixels to ignore: from shapes to objects and mask. The way back is in paint-order.ts.
 */
import { backgroundIndex, type ClassMask, ignoreIndex } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import type { AnnotatedImage, Raster, SetObject } from './annotated-set.ts'
import { maskOfObjects, objectOf } from './shapes/compose.ts'
import { fillPolygon } from './shapes/fill-polygon.ts'
import { paintRaster, sameRaster } from './shapes/raster.ts'

export interface PaintedShape {
  /** The object that it is, or a part of; class 0 paints background, 255 pixels to ignore. */
  object: SetObject
  /** Shapes of one class with the same group are one object; null = one of its own. */
  group: string | null
}

const isThing = ({ classIndex }: Pick<SetObject, 'classIndex'>): boolean =>
  classIndex !== backgroundIndex && classIndex !== ignoreIndex

/** The pixels that any of the rasters has. */
export function unitedRaster(rasters: readonly Raster[]): Raster {
  const x = Math.min(...rasters.map((raster) => raster.x))
  const y = Math.min(...rasters.map((raster) => raster.y))
  const width = Math.max(...rasters.map((raster) => raster.x + raster.width)) - x
  const height = Math.max(...rasters.map((raster) => raster.y + raster.height)) - y
  const united: ClassMask = { width, height, data: new Uint8Array(width * height) }
  for (const raster of rasters)
    paintRaster({ ...raster, x: raster.x - x, y: raster.y - y }, united, 1)
  return { x, y, ...united }
}

/** The parts of an object as one; their rings stay where filling them together gives its pixels. */
function united(parts: readonly SetObject[], size: Size): SetObject | null {
  const [first] = parts
  if (!first || parts.length === 1) return first ?? null
  const raster = unitedRaster(parts.map((part) => part.raster))
  const rings = parts.flatMap(({ outline }) => outline ?? [])
  const areAll = parts.every(({ outline }) => outline !== null)
  const outline = areAll && sameRaster(fillPolygon(rings, size), raster) ? rings : null
  return objectOf(first.classIndex, raster, { outline })
}

/** The objects of shapes: each where the first of its shapes is painted. */
function objectsOf(shapes: readonly PaintedShape[], size: Size): SetObject[] {
  const groups = new Map<string, SetObject[]>()
  for (const [index, { object, group }] of shapes.entries()) {
    if (!isThing(object)) continue
    const key = group === null ? `shape ${index}` : `group ${object.classIndex} ${group}`
    const members = groups.get(key)
    if (members) members.push(object)
    else groups.set(key, [object])
  }
  return [...groups.values()].flatMap((members) => united(members, size) ?? [])
}

/**
 * Objects and mask of a picture with these shapes, in the order in which they are painted. The mask is
 * null where the objects alone give it.
 */
export function paintedPicture(
  shapes: readonly PaintedShape[],
  size: Size,
): Pick<AnnotatedImage, 'objects' | 'mask'> {
  const objects = objectsOf(shapes, size)
  if (objects.length === shapes.length) return { objects, mask: null }
  const painted = shapes.map(({ object }) => object)
  const mask = maskOfObjects(size, painted)
  const isPlain = painted.every(isThing)
  const drawn = isPlain ? maskOfObjects(size, objects).data : null
  const agrees = drawn?.every((value, pixel) => value === mask.data[pixel]) ?? false
  return { objects, mask: agrees ? null : mask }
}
