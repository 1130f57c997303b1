/**
 * @file Labelme's shapes as pixels. Lines are 10 pixels wide and points have a radius of 5, as
 * labelme/_utils/shape.py of wkentaro/labelme draws them.
 */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { SetObject } from '../annotated-set.ts'
import { readPngSamples } from '../png-samples.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawCircle, drawPolyline, drawRectangle } from '../shapes/draw-shape.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'
import { paintRaster, rasterOfPicture } from '../shapes/raster.ts'
import type { LabelShape } from './schema.ts'

const lineWidth = 10
const pointRadius = 5

type Drawing = (shape: LabelShape, classIndex: number, size: Size) => SetObject | Promise<SetObject>

interface ShapeType {
  /** Fewest and most points. */
  points: readonly [number, number]
  draw: Drawing
}

const polygon: Drawing = ({ points }, classIndex, size) => {
  const ring = points.flat()
  return objectOf(classIndex, fillPolygon([ring], size), { outline: [ring] })
}

const rectangle: Drawing = ({ points }, classIndex, size) => {
  const [[x0, y0] = [0, 0], [x1, y1] = [0, 0]] = points
  const box = {
    x: Math.min(x0, x1),
    y: Math.min(y0, y1),
    width: Math.abs(x1 - x0),
    height: Math.abs(y1 - y0),
  }
  return objectOf(classIndex, drawRectangle(box, size), { boxOnly: true, box })
}

const circle: Drawing = ({ points }, classIndex, size) => {
  const [[x, y] = [0, 0], [edgeX, edgeY] = [0, 0]] = points
  const radius = Math.hypot(edgeX - x, edgeY - y)
  return objectOf(classIndex, drawCircle({ x, y, radius }, size))
}

const point: Drawing = ({ points }, classIndex, size) => {
  const [[x, y] = [0, 0]] = points
  return objectOf(classIndex, drawCircle({ x, y, radius: pointRadius }, size))
}

const line: Drawing = ({ points }, classIndex, size) =>
  objectOf(classIndex, drawPolyline(points.flat(), lineWidth, size))

/** To the nearest whole number, halves to the even one, as numpy rounds. */
function rounded(value: number): number {
  const near = Math.round(value)
  return Math.abs(value % 1) === 0.5 && near % 2 !== 0 ? near - 1 : near
}

/** Labelme places the PNG by the first point, however large the second one says that it is. */
const mask: Drawing = async ({ points, mask: text }, classIndex, size) => {
  if (!text) throw new AppError('bad-dataset', 'a mask has no PNG in "mask"')
  const [[x, y] = [0, 0]] = points
  const png = await readPngSamples(Buffer.from(text, 'base64'), 'its mask')
  const stored = rasterOfPicture(png.samples, png)
  const picture = { ...size, data: new Uint8Array(size.width * size.height) }
  const placed = { ...stored, x: stored.x + rounded(x), y: stored.y + rounded(y) }
  paintRaster(placed, picture, 1)
  return objectOf(classIndex, rasterOfPicture(picture.data, size))
}

const many = Number.POSITIVE_INFINITY

const shapeTypes: Readonly<Record<string, ShapeType>> = {
  polygon: { points: [3, many], draw: polygon },
  rectangle: { points: [2, 2], draw: rectangle },
  oriented_rectangle: { points: [4, 4], draw: polygon },
  circle: { points: [2, 2], draw: circle },
  line: { points: [2, 2], draw: line },
  linestrip: { points: [2, many], draw: line },
  point: { points: [1, 1], draw: point },
  mask: { points: [1, 2], draw: mask },
}

function countText([least, most]: readonly [number, number]): string {
  return most === many ? `${least} or more` : least === most ? `${least}` : `${least} to ${most}`
}

/**
 * A shape as an object of a class.
 * @throws AppError `bad-dataset`, `bad-mask` when it is none
 */
export async function drawShape(
  shape: LabelShape,
  classIndex: number,
  size: Size,
): Promise<SetObject> {
  const name = shape.shape_type ?? 'polygon'
  const type = Object.hasOwn(shapeTypes, name) ? shapeTypes[name] : undefined
  if (!type)
    throw new AppError(
      'bad-dataset',
      `shapes of type ${JSON.stringify(name)} are not known; known are ${Object.keys(shapeTypes).join(', ')}`,
    )
  const number = shape.points.length
  const [least, most] = type.points
  if (number < least || number > most)
    throw new AppError(
      'bad-dataset',
      `a ${name} has ${number} points; ${countText(type.points)} were expected`,
    )
  const object = await type.draw(shape, classIndex, size)
  if (object.raster.data.includes(1)) return object
  throw new AppError(
    'bad-dataset',
    `the ${name} covers no pixel of the picture of ${size.width}x${size.height}`,
  )
}
