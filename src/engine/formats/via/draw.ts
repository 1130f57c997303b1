/**
 * @file VIA's regions as pixels. It draws lines 3 pixels wide and points with a radius of 3
 * (VIA_THEME_REGION_BOUNDARY_WIDTH and VIA_REGION_POINT_RADIUS of via-2.x.y/src/via.js).
 */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Raster, SetObject } from '../annotated-set.ts'
import { issuesOf } from '../dataset-json.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawCircle, drawEllipse, drawPolyline, drawRectangle } from '../shapes/draw-shape.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'

const lineWidth = 3
const pointRadius = 3

/** Old versions wrote numbers as texts. */
const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^\s*[+-]?\d+(\.\d*)?\s*$/, 'expected a number')
    .transform(Number),
])
const side = number.pipe(z.number().min(0))

const manyPoints = (least: number) =>
  z
    .object({ all_points_x: z.array(number).min(least), all_points_y: z.array(number) })
    .refine(
      ({ all_points_x: xs, all_points_y: ys }) => xs.length === ys.length,
      'all_points_x and all_points_y differ in length',
    )
    .transform(({ all_points_x: xs, all_points_y: ys }) => xs.flatMap((x, i) => [x, ys[i] ?? 0]))

type Drawn = Omit<SetObject, 'classIndex'>

function drawn(raster: Raster, more: Parameters<typeof objectOf>[2] = {}): Drawn {
  return objectOf(0, raster, more)
}

/** How each shape is drawn, by its name. */
const shapes: Readonly<Record<string, (size: Size) => z.ZodType<Drawn>>> = {
  rect: (size) =>
    z
      .object({ x: number, y: number, width: side, height: side })
      .transform((box) => drawn(drawRectangle(box, size), { boxOnly: true, box })),
  circle: (size) =>
    z
      .object({ cx: number, cy: number, r: side })
      .transform(({ cx: x, cy: y, r: radius }) => drawn(drawCircle({ x, y, radius }, size))),
  ellipse: (size) =>
    z
      // Before 2.0.6 ellipses were not turned.
      .object({ cx: number, cy: number, rx: side, ry: side, theta: number.nullish() })
      .transform(({ cx: x, cy: y, rx: radiusX, ry: radiusY, theta }) =>
        drawn(drawEllipse({ x, y, radiusX, radiusY, angle: theta ?? 0 }, size)),
      ),
  polygon: (size) =>
    manyPoints(3).transform((ring) => drawn(fillPolygon([ring], size), { outline: [ring] })),
  polyline: (size) => manyPoints(2).transform((line) => drawn(drawPolyline(line, lineWidth, size))),
  point: (size) =>
    z
      .object({ cx: number, cy: number })
      .transform(({ cx: x, cy: y }) => drawn(drawCircle({ x, y, radius: pointRadius }, size))),
}

/**
 * A region's shape as an object of a class.
 * @throws AppError `bad-dataset` when it is none
 */
export function drawRegion(
  shape: Readonly<Record<string, unknown>>,
  classIndex: number,
  size: Size,
): SetObject {
  const name = typeof shape.name === 'string' ? shape.name : ''
  const schema = Object.hasOwn(shapes, name) ? shapes[name]?.(size) : undefined
  if (!schema)
    throw new AppError(
      'bad-dataset',
      `shapes ${JSON.stringify(name)} are not known; known are ${Object.keys(shapes).join(', ')}`,
    )
  const parsed = schema.safeParse(shape)
  if (!parsed.success) throw new AppError('bad-dataset', `${name}: ${issuesOf(parsed.error)}`)
  if (parsed.data.raster.data.includes(1)) return { ...parsed.data, classIndex }
  throw new AppError(
    'bad-dataset',
    `the ${name} covers no pixel of the picture of ${size.width}x${size.height}`,
  )
}
