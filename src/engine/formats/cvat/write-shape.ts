/** @file Objects as CVAT's elements: a box or a polygon where it gives the very pixels, else a mask. */
import type { Size } from '../../../shared/recipe.ts'
import type { Raster, SetObject } from '../annotated-set.ts'
import { cropped, sameRaster } from '../shapes/raster.ts'
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

/** A ring of four right-angled corners as the box that it is turned from, if it is one. */
function turnedBox(ring: readonly number[]): CvatShape | null {
  if (ring.length !== 8) return null
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0] = ring
  const [width, height] = [Math.hypot(x1 - x0, y1 - y0), Math.hypot(x2 - x1, y2 - y1)]
  const [x, y] = [(x0 + x2) / 2, (y0 + y2) / 2]
  const rotation = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI
  const points = [x - width / 2, y - height / 2, x + width / 2, y + height / 2]
  return { type: 'box', points, rotation: (rotation + 360) % 360, zOrder: 0 }
}

/** Shapes that may stand for an object, the more telling one first. */
function candidates({ boxOnly, box, raster, outline }: SetObject): CvatShape[] {
  const { x, y, width, height } = box ?? raster
  const [ring, ...more] = outline ?? []
  const isPolygon = ring !== undefined && more.length === 0 && ring.length >= 6
  const upright: CvatShape = { ...plain, type: 'box', points: [x, y, x + width, y + height] }
  const skewed = boxOnly && isPolygon ? turnedBox(ring) : null
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
    const below = objects.slice(0, i).map((other, j) => [other.raster, layers[j] ?? 0] as const)
    layers.push(below.reduce((top, [o, z]) => (meet(o, raster) ? Math.max(top, z + 1) : top), 0))
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
