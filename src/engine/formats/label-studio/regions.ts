/**
 * @file Regions of Label Studio as pixels. Places are in per cent of the picture's sides; a rectangle is
 * turned around its upper left corner, an ellipse around its centre, clockwise
 * (https://labelstud.io/templates/image_bbox#Rotation).
 */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { SetObject } from '../annotated-set.ts'
import { issuesOf } from '../dataset-json.ts'
import { boxRing, drawEllipse } from '../shapes/draw-shape.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'
import { turned } from '../shapes/turned.ts'
import { rasterOfBrush } from './brush-runs.ts'

/** What a region is as an object, besides its class. */
export type Region = Pick<SetObject, 'raster' | 'boxOnly' | 'box' | 'outline'>

export const regionKinds = ['brush', 'polygon', 'rectangle', 'ellipse'] as const
export type RegionKind = (typeof regionKinds)[number]

const number = z.number()
const byte = z.int().min(0).max(255)

const schemas = {
  brush: z.object({ rle: z.array(byte), format: z.literal('rle').optional() }),
  polygon: z.object({ points: z.array(z.tuple([number, number])) }),
  rectangle: z.object({
    x: number,
    y: number,
    width: number,
    height: number,
    rotation: number.default(0),
  }),
  ellipse: z.object({
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number.default(0),
  }),
}

function checked<Value>(value: unknown, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError(
    'bad-dataset',
    `value: ${issuesOf(result.error)}`,
    'Export "JSON" from Label Studio again.',
  )
}

/** A part of a side, from per cent to pixels. */
const pixels = (percent: number, side: number): number => (percent * side) / 100

function drawRectangle(value: unknown, size: Size): Region {
  const { x, y, width, height, rotation } = checked(value, schemas.rectangle)
  const box = {
    x: pixels(x, size.width),
    y: pixels(y, size.height),
    width: pixels(width, size.width),
    height: pixels(height, size.height),
  }
  if (rotation % 360 === 0)
    return { raster: fillPolygon([boxRing(box)], size), boxOnly: true, box, outline: null }
  const ring = turned(boxRing(box), box, rotation)
  return { raster: fillPolygon([ring], size), boxOnly: true, box: null, outline: [ring] }
}

const marked = { boxOnly: false, box: null, outline: null }

const drawings: Record<RegionKind, (value: unknown, size: Size) => Region> = {
  brush(value, size) {
    return { ...marked, raster: rasterOfBrush(checked(value, schemas.brush).rle, size) }
  },
  polygon(value, size) {
    const { points } = checked(value, schemas.polygon)
    const ring = points.flatMap(([x, y]) => [pixels(x, size.width), pixels(y, size.height)])
    return { ...marked, raster: fillPolygon([ring], size), outline: [ring] }
  },
  rectangle: drawRectangle,
  ellipse(value, size) {
    const { x, y, radiusX, radiusY, rotation } = checked(value, schemas.ellipse)
    const ellipse = {
      x: pixels(x, size.width),
      y: pixels(y, size.height),
      radiusX: pixels(radiusX, size.width),
      radiusY: pixels(radiusY, size.height),
      angle: (rotation * Math.PI) / 180,
    }
    return { ...marked, raster: drawEllipse(ellipse, size) }
  },
}

/** The pixels of a region. Throws `bad-dataset` with what of its value is wrong. */
export function drawRegion(kind: RegionKind, value: unknown, size: Size): Region {
  return drawings[kind](value, size)
}

/** The kind of region that a value describes, by what it has; null for none that covers pixels. */
export function kindOfValue(value: Readonly<Record<string, unknown>>): RegionKind | null {
  if ('rle' in value) return 'brush'
  if ('points' in value) return 'polygon'
  if ('radiusX' in value) return 'ellipse'
  return 'width' in value && 'height' in value ? 'rectangle' : null
}
