/** @file Projects of VIA 3, as far as they are of pictures: it annotates sound and film as well. */
import { issuesOf } from '../dataset-json.ts'
import { parseJson } from '../json.ts'
import {
  type Attribute,
  annotatedAttribute,
  optionTexts,
  otherAttributes,
  type Picture,
  type Region,
  type ViaProject,
} from './project.ts'
import { metadata3Schema, type Project3, project3Schema } from './schema.ts'

/** Of `_VIA_FILE_TYPE`. */
const imageType = 2
/** Of `_VIA_ATTRIBUTE_TYPE`: TEXT, CHECKBOX, RADIO, SELECT, IMAGE. */
const types = { text: 1, checkbox: 2 }

type Shape = Record<string, unknown>
type Coordinates = readonly number[]

const points = (name: string, xy: Coordinates): Shape => ({
  name,
  all_points_x: xy.filter((_, i) => i % 2 === 0),
  all_points_y: xy.filter((_, i) => i % 2 === 1),
})

/** The rectangle around its extreme points. */
function extremeRectangle(xy: Coordinates): Shape {
  const [xs, ys] = [0, 1].map((axis) => xy.filter((_, i) => i % 2 === axis))
  const [x, y] = [Math.min(...(xs ?? [])), Math.min(...(ys ?? []))]
  const [right, bottom] = [Math.max(...(xs ?? [])), Math.max(...(ys ?? []))]
  return { name: 'rect', x, y, width: right - x, height: bottom - y }
}

/** The circle through three points. */
function extremeCircle([x0 = 0, y0 = 0, x1 = 0, y1 = 0, x2 = 0, y2 = 0]: Coordinates): Shape {
  const [ax, ay, bx, by] = [x1 - x0, y1 - y0, x2 - x0, y2 - y0]
  const [a, b] = [ax * ax + ay * ay, bx * bx + by * by]
  const twice = 2 * (ax * by - ay * bx)
  const [dx, dy] = [(by * a - ay * b) / twice, (ax * b - bx * a) / twice]
  return { name: 'circle', cx: x0 + dx, cy: y0 + dy, r: Math.hypot(dx, dy) }
}

interface ShapeType {
  name: string
  /** Fewest numbers after the shape's own. */
  numbers: number
  shape: (xy: Coordinates) => Shape
}

/** `_VIA_RSHAPE`, by the number that `xy` begins with. */
const shapeTypes: Readonly<Record<number, ShapeType>> = {
  1: { name: 'point', numbers: 2, shape: ([cx, cy]) => ({ name: 'point', cx, cy }) },
  2: {
    name: 'rectangle',
    numbers: 4,
    shape: ([x, y, width, height]) => ({ name: 'rect', x, y, width, height }),
  },
  3: { name: 'circle', numbers: 3, shape: ([cx, cy, r]) => ({ name: 'circle', cx, cy, r }) },
  4: {
    name: 'ellipse',
    numbers: 4,
    shape: ([cx, cy, rx, ry]) => ({ name: 'ellipse', cx, cy, rx, ry }),
  },
  5: { name: 'line', numbers: 4, shape: (xy) => points('polyline', xy) },
  6: { name: 'polyline', numbers: 4, shape: (xy) => points('polyline', xy) },
  7: { name: 'polygon', numbers: 6, shape: (xy) => points('polygon', xy) },
  8: { name: 'extreme rectangle', numbers: 4, shape: extremeRectangle },
  9: { name: 'extreme circle', numbers: 6, shape: extremeCircle },
}

/** @throws Error that says why these are no shape */
function shapeOf([id = 0, ...xy]: Coordinates): Shape {
  const type = shapeTypes[id]
  if (!type) throw new Error(`shape ${id} is not known; known are 1 to 9`)
  if (xy.length < type.numbers)
    throw new Error(`a ${type.name} has ${xy.length} numbers; ${type.numbers} were expected`)
  return type.shape(xy)
}

function attributesOf({ attribute }: Project3): Map<string, Attribute> {
  return new Map(
    Object.entries(attribute).map(([id, { aname, type = types.text, options }]) => {
      const isText = type === types.text
      const isChoice = !isText && type !== types.checkbox
      const texts = isText ? null : optionTexts(options)
      return [id, { name: aname, options: texts, isChoice }]
    }),
  )
}

/** What is said, by attribute; several options are one text with commas. */
function valuesOf(
  av: Readonly<Record<string, unknown>>,
  attributes: ReadonlyMap<string, Attribute>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const [id, value] of Object.entries(av)) {
    const attribute = attributes.get(id)
    if (!attribute) continue
    const isSeveral = attribute.options !== null && !attribute.isChoice
    const ids = isSeveral && typeof value === 'string' ? value.split(',') : null
    values[attribute.name] = ids
      ? Object.fromEntries(ids.filter((each) => each !== '').map((each) => [each, true]))
      : value
  }
  return values
}

interface ViewContent {
  regions: Region[]
  faults: string[]
  annotated: boolean | null
  said: string[]
}

function contentsOf(
  { metadata }: Project3,
  attributes: ReadonlyMap<string, Attribute>,
): Map<string, ViewContent> {
  const contents = new Map<string, ViewContent>()
  for (const [id, value] of Object.entries(metadata)) {
    const parsed = metadata3Schema.safeParse(value)
    const place = `metadata ${id}`
    const vid = parsed.success ? parsed.data.vid : id.replace(/_.*$/, '')
    const content = contents.get(vid) ?? { regions: [], faults: [], annotated: null, said: [] }
    contents.set(vid, content)
    try {
      if (!parsed.success) throw new Error(issuesOf(parsed.error))
      const { xy, av } = parsed.data
      const values = valuesOf(av, attributes)
      if (xy.length > 0) content.regions.push({ place, shape: shapeOf(xy), values })
      else {
        if (values[annotatedAttribute] === 'yes') content.annotated = true
        content.said.push(...otherAttributes(values))
      }
    } catch (error) {
      content.faults.push(`${place}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return contents
}

/** The bytes of a `data:` address. */
function embeddedIn(source: string): Uint8Array | null {
  const [, data] = /^data:[^,]*;base64,(.*)$/s.exec(source) ?? []
  return data === undefined ? null : Buffer.from(data, 'base64')
}

function pictureOf(view: string, project: Project3, content: ViewContent | undefined): Picture {
  const { regions = [], faults = [], annotated = null, said = [] } = content ?? {}
  const ids = project.view[view]?.fid_list ?? []
  const file = project.file[ids[0] ?? '']
  const rest = { size: null, annotated, said, regions, embedded: null }
  const unusable = (why: string): Picture => ({
    ...rest,
    filename: file?.fname ?? `view ${view}`,
    paths: [],
    faults: [why],
    isUsable: false,
  })
  if (!file) return unusable('has no file')
  if (ids.length > 1) return unusable(`shows ${ids.length} files at once, one was expected`)
  if (file.type !== imageType) return unusable('is no picture, but film or sound')
  const source = file.src ?? ''
  const embedded = embeddedIn(source)
  const paths = embedded || source === '' ? [file.fname] : [source, file.fname]
  return { ...rest, filename: file.fname, paths, embedded, faults, isUsable: true }
}

/**
 * A project of VIA 3; `file` is what errors call it.
 * @throws AppError `bad-json`, `bad-value`
 */
export function parseVia3(text: string, file: string): ViaProject {
  const project = parseJson(text, file, project3Schema)
  const attributes = attributesOf(project)
  const contents = contentsOf(project, attributes)
  const listed = project.project.vid_list ?? []
  const views = new Set([
    ...listed.filter((view) => project.view[view]),
    ...Object.keys(project.view),
  ])
  return {
    attributes: new Map([...attributes.values()].map((each) => [each.name, each])),
    pictures: [...views].map((view) => pictureOf(view, project, contents.get(view))),
  }
}
