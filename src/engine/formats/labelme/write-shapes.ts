/** @file Objects as Labelme's shapes: polygons and rectangles as they were marked, masks otherwise. */
import { backgroundIndex, ignoreIndex } from '../../../shared/mask.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetObject } from '../annotated-set.ts'
import { shapesToPaint } from '../paint-order.ts'
import { unitedRaster } from '../painted-shapes.ts'
import { encodeGreyPng } from '../palette-png.ts'
import { drawRectangle } from '../shapes/draw-shape.ts'
import { fillPolygon, pointsOf } from '../shapes/fill-polygon.ts'
import { cropped, sameRaster } from '../shapes/raster.ts'
import { backgroundLabel, ignoreLabel, type WrittenShape } from './schema.ts'

type Outline = Pick<WrittenShape, 'shape_type' | 'points' | 'mask'>

/** The rectangle that was marked; null where it does not give the object's pixels. */
function rectangleOf({ boxOnly, box, raster }: SetObject, size: Size): Outline | null {
  if (!boxOnly) return null
  const { x, y, width, height } = box ?? raster
  const corners = [
    [x, y],
    [x + width, y + height],
  ] as const
  return sameRaster(drawRectangle({ x, y, width, height }, size), raster)
    ? { shape_type: 'rectangle', points: corners, mask: null }
    : null
}

/** The rings that were marked, a polygon each; null where these do not give the object's pixels. */
function polygonsOf({ outline, raster }: SetObject, size: Size): Outline[] | null {
  if (outline === null || outline.length === 0) return null
  const filled = outline.map((ring) => fillPolygon([ring], size))
  const isWhole = filled.every((part) => part.width > 0) && outline.every((r) => r.length >= 6)
  if (!isWhole || !sameRaster(unitedRaster(filled), raster)) return null
  return outline.map((ring) => ({ shape_type: 'polygon', points: pointsOf(ring), mask: null }))
}

/** The pixels themselves, from the first to the last of their rectangle. */
async function maskOf({ raster }: SetObject): Promise<Outline> {
  const pixels = cropped(raster)
  const { x, y, width, height } = pixels
  const png = await encodeGreyPng(pixels)
  return {
    shape_type: 'mask',
    points: [
      [x, y],
      [x + width - 1, y + height - 1],
    ],
    mask: png.toString('base64'),
  }
}

async function outlinesOf(object: SetObject, size: Size): Promise<Outline[]> {
  const rectangle = rectangleOf(object, size)
  if (rectangle) return [rectangle]
  return polygonsOf(object, size) ?? [await maskOf(object)]
}

function labelOf({ classIndex }: SetObject, names: readonly string[]): string {
  if (classIndex === ignoreIndex) return ignoreLabel
  return classIndex === backgroundIndex ? backgroundLabel : (names[classIndex] ?? '')
}

/** The shapes that give a picture's objects and mask again; shapes of one object have a group. */
export async function writtenShapes(
  image: AnnotatedImage,
  names: readonly string[],
): Promise<WrittenShape[]> {
  const shapes: WrittenShape[] = []
  let groups = 0
  for (const object of shapesToPaint(image)) {
    if (!object.raster.data.includes(1)) continue
    const outlines = await outlinesOf(object, image)
    const group = outlines.length > 1 ? ++groups : null
    const label = labelOf(object, names)
    for (const { shape_type, points, mask } of outlines)
      shapes.push({ label, points, group_id: group, description: '', shape_type, flags: {}, mask })
  }
  return shapes
}
