/** @file CVAT's shapes as pixels: those whose centres lie in the shape; a line is one pixel wide. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Raster, SetObject } from '../annotated-set.ts'
import { boxRing, drawEllipse, drawPolyline } from '../shapes/draw-shape.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'
import { cropped } from '../shapes/raster.ts'
import { turned } from '../shapes/turned.ts'
import { rasterOfRows } from './row-runs.ts'
import type { AreaType, CvatShape } from './shapes.ts'

/** What a shape is as an object, besides its class and track. */
export type DrawnShape = Pick<SetObject, 'raster' | 'boxOnly' | 'box' | 'outline'>

const marked = (raster: Raster): DrawnShape => ({
  raster,
  boxOnly: false,
  box: null,
  outline: null,
})

function drawBox({ points, rotation }: CvatShape, size: Size): DrawnShape {
  const [left = 0, top = 0, right = 0, bottom = 0] = points
  const box = { x: left, y: top, width: right - left, height: bottom - top }
  const centre = { x: (left + right) / 2, y: (top + bottom) / 2 }
  const isUpright = rotation % 360 === 0
  const ring = isUpright ? boxRing(box) : turned(boxRing(box), centre, rotation)
  const raster = fillPolygon([ring], size)
  return { raster, boxOnly: true, box: isUpright ? box : null, outline: isUpright ? null : [ring] }
}

function drawMask({ points }: CvatShape, size: Size): DrawnShape {
  const [x = 0, y = 0, width = 0, height = 0, ...counts] = points
  if (x < 0 || y < 0 || x + width > size.width || y + height > size.height)
    throw new AppError(
      'bad-dataset',
      `a mask of ${width}x${height} at ${x}, ${y} leads out of the picture of ${size.width}x${size.height}`,
      'Export the annotations from CVAT again.',
    )
  return marked(cropped(rasterOfRows(counts, { x, y, width, height })))
}

const drawings: Record<AreaType, (shape: CvatShape, size: Size) => DrawnShape> = {
  box: drawBox,
  mask: drawMask,
  polygon: ({ points }, size) => ({
    ...marked(fillPolygon([points], size)),
    outline: [points],
  }),
  polyline: ({ points }, size) => marked(drawPolyline(points, 1, size)),
  ellipse({ points, rotation }, size) {
    const [x = 0, y = 0, radiusX = 0, radiusY = 0] = points
    const angle = (rotation * Math.PI) / 180
    return marked(drawEllipse({ x, y, radiusX, radiusY, angle }, size))
  },
}

/**
 * The pixels of a shape within a picture.
 *
 * @throws AppError `bad-dataset` for a mask that does not fit the picture or its own size
 */
export function drawShape(shape: CvatShape, size: Size): DrawnShape {
  return drawings[shape.type](shape, size)
}
