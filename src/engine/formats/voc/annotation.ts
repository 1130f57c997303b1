/**
 * @file The XML file of a picture: its size and the boxes of what is in it. Boxes count pixels from 1,
 * both ends included, so that a picture 500 pixels wide reaches from 1 to 500.
 */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box } from '../annotated-set.ts'
import { childOf, childrenOf, fieldsOf, parseXml, textAt, type XmlElement } from '../xml.ts'
import { writeXml, type XmlContent } from '../xml-write.ts'

export interface BoxedObject {
  name: string
  box: Box
}

export interface Annotation {
  filename: string | null
  /** Null where the file gives none; some tools write 0. */
  size: Size | null
  /** In the order of the file; null for one that cannot be read. */
  objects: readonly (BoxedObject | null)[]
  /** Why some objects cannot be read. */
  faults: readonly string[]
  /** What is said of objects beyond that, once for each. */
  remarks: readonly string[]
}

const decimal = z
  .string()
  .regex(/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$/, 'expected a number')
  .transform(Number)

const boxSchema = z
  .object({ xmin: decimal, ymin: decimal, xmax: decimal, ymax: decimal })
  .refine(({ xmin, xmax }) => xmax >= xmin, 'xmax is less than xmin')
  .refine(({ ymin, ymax }) => ymax >= ymin, 'ymax is less than ymin')

const sizeSchema = z.object({
  width: decimal.pipe(z.int().positive()),
  height: decimal.pipe(z.int().positive()),
})

/** What the challenges' files say of objects besides, where it is not what they say of all. */
const remarkTests: readonly (readonly [string, (object: XmlElement) => boolean])[] = [
  ['objects marked as "difficult"', (object) => textAt(object, 'difficult') === '1'],
  ['objects marked as "truncated"', (object) => textAt(object, 'truncated') === '1'],
  ['objects marked as "occluded"', (object) => textAt(object, 'occluded') === '1'],
  [
    'objects with a pose',
    (object) => !/^(unspecified|unknown)?$/i.test(textAt(object, 'pose') ?? ''),
  ],
  ['objects with parts', (object) => childOf(object, 'part') !== undefined],
]

/** What is wrong, with the places. */
function faultsOf(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message))
    .join(', ')
}

function readObject(element: XmlElement): BoxedObject {
  const name = textAt(element, 'name') ?? ''
  if (name === '') throw new Error('it has no name')
  const box = childOf(element, 'bndbox')
  if (!box) throw new Error('it has no bndbox')
  const parsed = boxSchema.safeParse(fieldsOf(box))
  if (!parsed.success) throw new Error(faultsOf(parsed.error))
  const { xmin, ymin, xmax, ymax } = parsed.data
  return {
    name,
    box: { x: xmin - 1, y: ymin - 1, width: xmax - xmin + 1, height: ymax - ymin + 1 },
  }
}

function readSize(root: XmlElement): Size | null {
  const element = childOf(root, 'size')
  const parsed = element ? sizeSchema.safeParse(fieldsOf(element)) : null
  return parsed?.success ? parsed.data : null
}

/**
 * Reads the annotation of a picture; `file` is what errors call it.
 * @throws AppError `bad-dataset` when it is not XML, or not of this kind
 */
export function parseAnnotation(text: string, file: string): Annotation {
  const root = parseXml(text, file)
  if (root.name !== 'annotation')
    throw new AppError(
      'bad-dataset',
      `${file}: <annotation> was expected, found <${root.name}>`,
      'Take the file out of the set, or name the format with --format.',
    )
  const faults: string[] = []
  const elements = childrenOf(root, 'object')
  const objects = elements.map((element, index) => {
    try {
      return readObject(element)
    } catch (error) {
      faults.push(`object ${index + 1}: ${error instanceof Error ? error.message : error}`)
      return null
    }
  })
  const remarks = elements.flatMap((element) =>
    remarkTests.flatMap(([remark, test]) => (test(element) ? [remark] : [])),
  )
  const filename = textAt(root, 'filename') || null
  return { filename, size: readSize(root), objects, faults, remarks }
}

/** An object as VOC's files have it; what is not known is as they say it of what is not known. */
function objectElement({ name, box }: BoxedObject): XmlContent {
  const corners = {
    xmin: box.x + 1,
    ymin: box.y + 1,
    xmax: box.x + box.width,
    ymax: box.y + box.height,
  }
  const children = Object.entries(corners).map(([corner, text]) => ({ name: corner, text }))
  return {
    name: 'object',
    children: [
      { name: 'name', text: name },
      { name: 'pose', text: 'Unspecified' },
      { name: 'truncated', text: 0 },
      { name: 'difficult', text: 0 },
      { name: 'bndbox', children },
    ],
  }
}

/** The XML file of a picture. */
export function formatAnnotation(picture: {
  filename: string
  size: Size
  /** Whether a class mask goes with it. */
  segmented: boolean
  objects: readonly BoxedObject[]
}): string {
  const { width, height } = picture.size
  return writeXml({
    name: 'annotation',
    children: [
      { name: 'folder', text: 'JPEGImages' },
      { name: 'filename', text: picture.filename },
      {
        name: 'size',
        children: [
          { name: 'width', text: width },
          { name: 'height', text: height },
          { name: 'depth', text: 3 },
        ],
      },
      { name: 'segmented', text: Number(picture.segmented) },
      ...picture.objects.map(objectElement),
    ],
  })
}
