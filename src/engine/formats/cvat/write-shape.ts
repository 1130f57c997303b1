/** @file Objects as CVAT's elements: a box or a polygon where it gives the very pixels, else a mask. */
import type { Size } from '../../../shared/recipe.ts'
import type { Raster, SetObject } from '../annotated-set.ts'
import { cropped, sameRaster } from '../shapes/raster.ts'
import { turnedBoxOf } from '../shapes/turned.ts'
import type { XmlContent } from '../xml-write.ts'
import { drawShape } from './draw.ts'
import { rowRunsOf } from './row-runs.ts'
import type { CvatShape } from './shapes.ts'

/** A shape as attributes of an element of its type. */
type ShapeAttributes = Record<string, string | number>

/** `x0,y0;x1,y1;…` */
function pointsText(points: readonly number[]): string {
  const pairs: string[] = []
  for (let i = 0; i + 1 < points.length; i += 2) pairs.push(`${points[i]},${points[i + 1]}`)
  return pairs.join(';')
}

const plain = { rotation: 0, zOrder: 0 }

/** A turned rectangle as CVAT has it: turned around its centre. */
function turnedShape(ring: readonly number[]): CvatShape | null {
  const box = turnedBoxOf(ring)
  if (!box) return null
  const [x, y] = [(box.x + (ring[4] ?? 0)) / 2, (box.y + (ring[5] ?? 0)) / 2]
  const [right, down] = [box.width / 2, box.height / 2]
  const points = [x - right, y - down, x + right, y + down]
  return { type: 'box', points, rotation: box.degrees, zOrder: 0 }
}

/** Shapes that may stand for an object, the more telling one first. */
function candidates({ boxOnly, box, raster, outline }: SetObject): CvatShape[] {
  const { x, y, width, height } = box ?? raster
  const [ring, ...more] = outline ?? []
  const isPolygon = ring !== undefined && more.length === 0 && ring.length >= 6
  const upright: CvatShape = { ...plain, type: 'box', points: [x, y, x + width, y + height] }
  const skewed = boxOnly && isPolygon ? turnedShape(ring) : null
  return [
    ...(boxOnly ? [upright] : []),
    ...(skewed ? [skewed] : []),
    ...(isPolygon && !boxOnly ? [{ ...plain, type: 'polygon' as const, points: ring }] : []),
  ]
}

function boxAttributes({ points, rotation }: CvatShape): ShapeAttributes {
  const [xtl = 0, ytl = 0, xbr = 0, ybr = 0] = points
  return { xtl, ytl, xbr, ybr, ...(rotation === 0 ? {} : { rotation }) }
}

function maskAttributes(raster: Raster): ShapeAttributes {
  const tight = cropped(raster)
  const rle = rowRunsOf(tight).join(', ')
  return { rle, left: tight.x, top: tight.y, width: tight.width, height: tight.height }
}

/** The type of element for an object, and the attributes that say where it is. */
export function shapeOf(
  object: SetObject,
  size: Size,
): { name: string; attributes: ShapeAttributes } {
  const exact = candidates(object).find((shape) =>
    sameRaster(drawShape(shape, size).raster, object.raster),
  )
  if (!exact) return { name: 'mask', attributes: maskAttributes(object.raster) }
  const attributes =
    exact.type === 'box' ? boxAttributes(exact) : { points: pointsText(exact.points) }
  return { name: exact.type, attributes }
}

function meet(a: Raster, b: Raster): boolean {
  const isApart =
    a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height
  return !isApart
}

/** A layer for each object, above those before it that it may cover; 0 where nothing overlaps. */
export function layersOf(objects: readonly Pick<SetObject, 'raster'>[]): number[] {
  const layers: number[] = []
  for (const [i, { raster }] of objects.entries()) {
    let layer = 0
    for (let below = 0; below < i; below++) {
      const other = objects[below]?.raster
      if (other && meet(other, raster)) layer = Math.max(layer, (layers[below] ?? 0) + 1)
    }
    layers.push(layer)
  }
  return layers
}

/** The elements of a picture's objects; empty ones are left out. */
export function elementsOf(
  objects: readonly SetObject[],
  size: Size,
  names: readonly string[],
): XmlContent[] {
  const seen = objects.filter(({ raster }) => raster.data.includes(1))
  const layers = layersOf(seen)
  return seen.map((object, i) => {
    const { name, attributes } = shapeOf(object, size)
    const label = names[object.classIndex] ?? ''
    const first = { label, source: 'file', occluded: 0 }
    return { name, attributes: { ...first, ...attributes, z_order: layers[i] ?? 0 }, children: [] }
  })
}
