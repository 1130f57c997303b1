/** @file What CVAT marks in pictures, as its XML has it: an element a shape, its place in attributes. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { XmlElement } from '../xml.ts'

export const areaTypes = ['box', 'ellipse', 'polygon', 'polyline', 'mask'] as const
export type AreaType = (typeof areaTypes)[number]

/** A shape that covers pixels. */
export interface CvatShape {
  type: AreaType
  /**
   * box: left, top, right, bottom. ellipse: centre, radii. polygon, polyline: x0, y0, x1, y1, … .
   * mask: left, top, width, height, then its run lengths. In pixels.
   */
  points: readonly number[]
  /** Degrees, clockwise, around the shape's centre. */
  rotation: number
  /** A larger one covers a smaller one. */
  zOrder: number
}

/** Elements that mark something without covering pixels. */
export const pointTypes: ReadonlySet<string> = new Set(['points', 'cuboid', 'skeleton', 'tag'])

const digits = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** A number as text; nothing else that JavaScript takes for one. */
export const numberText = z
  .string()
  .trim()
  .regex(digits, 'a number was expected')
  .transform(Number)
  .refine(Number.isFinite, 'a number was expected')

export const wholeText = numberText.refine(Number.isSafeInteger, 'a whole number was expected')

/** Masks have thousands of numbers: they are looked at by hand, not by a schema each. */
const listText = (separator: RegExp) =>
  z
    .string()
    .transform((text) => text.split(separator).map((part) => numberOf(part.trim())))
    .refine((numbers) => numbers.every(Number.isFinite), 'a number was expected in each place')

const numberOf = (text: string): number => (digits.test(text) ? Number(text) : Number.NaN)

const pointsText = listText(/[;,]/).refine(
  (numbers) => numbers.length % 2 === 0,
  'pairs of numbers were expected: x0,y0;x1,y1;…',
)

const countsText = listText(/,/).refine(
  (counts) => counts.every((count) => count >= 0 && Number.isInteger(count)),
  'whole numbers from 0 were expected',
)

/** The attributes of each type, turned into its points. */
const pointsOf: Record<AreaType, z.ZodType<number[]>> = {
  box: z
    .object({ xtl: numberText, ytl: numberText, xbr: numberText, ybr: numberText })
    .transform(({ xtl, ytl, xbr, ybr }) => [xtl, ytl, xbr, ybr]),
  ellipse: z
    .object({ cx: numberText, cy: numberText, rx: numberText, ry: numberText })
    .transform(({ cx, cy, rx, ry }) => [cx, cy, rx, ry]),
  polygon: z.object({ points: pointsText }).transform(({ points }) => points),
  polyline: z.object({ points: pointsText }).transform(({ points }) => points),
  mask: z
    .object({
      left: wholeText,
      top: wholeText,
      width: wholeText.refine((width) => width > 0, 'a number from 1 was expected'),
      height: wholeText.refine((height) => height > 0, 'a number from 1 was expected'),
      rle: countsText,
    })
    .transform(({ left, top, width, height, rle }) => [left, top, width, height, ...rle]),
}

const commonSchema = z.object({
  rotation: numberText.default(0),
  z_order: wholeText.default(0),
})

export const isAreaType = (name: string): name is AreaType =>
  (areaTypes as readonly string[]).includes(name)

/** Attributes by a schema. Throws `bad-dataset` with what of `element` is wrong. */
export function attributesBy<Value>(element: XmlElement, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(element.attributes)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue?.path[0] ?? ''
  const found = element.attributes[String(place)]
  const what = found === undefined ? 'is missing' : `is '${found.slice(0, 40)}': ${issue?.message}`
  throw new AppError(
    'bad-dataset',
    `<${element.name}>: attribute ${String(place)} ${what}`,
    'Export the annotations from CVAT again.',
  )
}

/** The shape of an element of one of `areaTypes`. Throws `bad-dataset` with what is wrong. */
export function readShape(element: XmlElement, type: AreaType): CvatShape {
  const { rotation, z_order } = attributesBy(element, commonSchema)
  return { type, points: attributesBy(element, pointsOf[type]), rotation, zOrder: z_order }
}
