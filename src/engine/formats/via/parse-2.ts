/** @file Projects and annotations of VIA 1 and 2, JSON and CSV. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { issuesOf } from '../dataset-json.ts'
import { parseJson } from '../json.ts'
import { readTable } from '../table-file.ts'
import {
  type Attribute,
  annotatedAttribute,
  notedSize,
  optionTexts,
  otherAttributes,
  type Picture,
  type Region,
  type ViaProject,
} from './project.ts'
import {
  annotationsSchema,
  type Entry,
  entrySchema,
  projectSchema,
  regionSchema,
} from './schema.ts'

/** Attributes for which one option is chosen. */
const choiceTypes = new Set(['radio', 'dropdown', 'image'])

function readRegions(entry: Entry): { regions: Region[]; faults: string[] } {
  const regions: Region[] = []
  const faults: string[] = []
  for (const [index, value] of (entry.regions ?? []).entries()) {
    const place = `region ${index + 1}`
    const parsed = regionSchema.safeParse(value)
    if (!parsed.success) faults.push(`${place}: ${issuesOf(parsed.error)}`)
    else {
      const { shape_attributes: shape, region_attributes: values } = parsed.data
      regions.push({ place, shape, values: values ?? {} })
    }
  }
  return { regions, faults }
}

function annotatedBy(said: Readonly<Record<string, unknown>>): boolean | null {
  const value = said[annotatedAttribute]
  return value === 'yes' ? true : value === 'no' ? false : null
}

function pictureOf(id: string, value: unknown, folder: string): Picture {
  const parsed = entrySchema.safeParse(value)
  if (!parsed.success) {
    const faults = [`the entry ${JSON.stringify(id)} is none: ${issuesOf(parsed.error)}`]
    const nothing = { embedded: null, size: null, annotated: null, said: [], regions: [] }
    const rest = { ...nothing, isUsable: false }
    return { filename: id, paths: [], faults, ...rest }
  }
  const entry = parsed.data
  const { filename } = entry
  const said = entry.file_attributes ?? {}
  return {
    filename,
    paths: folder === '' ? [filename] : [folder + filename, filename],
    embedded: null,
    size: notedSize(said),
    annotated: annotatedBy(said),
    said: otherAttributes(said),
    ...readRegions(entry),
    isUsable: true,
  }
}

function picturesOf(entries: Readonly<Record<string, unknown>>, folder = ''): Picture[] {
  return Object.entries(entries).map(([id, value]) => pictureOf(id, value, folder))
}

/** A project, or the annotations that VIA 2 exports; `file` is what errors call it. */
export function parseVia2(text: string, file: string): ViaProject {
  const value = parseJson(text, file, annotationsSchema)
  if (!('_via_img_metadata' in value)) return { attributes: new Map(), pictures: picturesOf(value) }
  const parsed = projectSchema.safeParse(value)
  if (!parsed.success)
    throw new AppError(
      'bad-dataset',
      `${file} is no VIA project: ${issuesOf(parsed.error)}`,
      'Save the project in VIA again.',
    )
  const project = parsed.data
  const attributes = new Map<string, Attribute>()
  for (const [name, { type, options }] of Object.entries(project._via_attributes?.region ?? {})) {
    const isText = type === undefined || type === 'text'
    const isChoice = choiceTypes.has(type ?? '')
    attributes.set(name, { name, options: isText ? null : optionTexts(options), isChoice })
  }
  const folder = project._via_settings?.core?.default_filepath ?? ''
  return { attributes, pictures: picturesOf(project._via_img_metadata, folder) }
}

const rowSchema = z.object({
  filename: z.string().min(1),
  file_size: z.string(),
  file_attributes: z.string(),
  region_shape_attributes: z.string(),
  region_attributes: z.string(),
})

const jsonObject = z.record(z.string(), z.unknown())

/** What a cell of the table holds as JSON. */
function parseCell(text: string, place: string): Record<string, unknown> {
  return text.trim() === '' ? {} : parseJson(text, place, jsonObject)
}

interface TableEntry {
  filename: string
  size: string
  regions: { shape_attributes: unknown; region_attributes: unknown }[]
  file_attributes: Record<string, unknown>
}

/**
 * The annotations that VIA exports as CSV, a line a region; `file` is what errors call it.
 * @throws AppError `bad-dataset` for a table without VIA's columns
 */
export function parseViaCsv(text: string, file: string): ViaProject {
  const rows = readTable(text.replace(/^#(?=filename,)/, ''), file)
  const entries = new Map<string, TableEntry>()
  for (const [index, row] of rows.entries()) {
    const place = `${file}, row ${index + 2}`
    const parsed = rowSchema.safeParse(row)
    if (!parsed.success)
      throw new AppError(
        'bad-dataset',
        `${place}: ${issuesOf(parsed.error)}`,
        'Export the annotations from VIA 2 again, as CSV.',
      )
    const { filename, file_size: size } = parsed.data
    const entry: TableEntry = entries.get(filename + size) ?? {
      filename,
      size,
      regions: [],
      file_attributes: parseCell(parsed.data.file_attributes, place),
    }
    entries.set(filename + size, entry)
    const shape = parseCell(parsed.data.region_shape_attributes, place)
    const said = parseCell(parsed.data.region_attributes, place)
    // A picture without regions has one row with an empty shape.
    if (Object.keys(shape).length > 0)
      entry.regions.push({ shape_attributes: shape, region_attributes: said })
  }
  return { attributes: new Map(), pictures: picturesOf(Object.fromEntries(entries)) }
}
