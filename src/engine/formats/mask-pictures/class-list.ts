/** @file What the indices or colours of masks mean, in a table that lies beside them. */
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { ignoreIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import { isFile } from '../picture-files.ts'
import { readTable, writeTable } from '../table-file.ts'
import { readText } from '../text-file.ts'

export interface ClassList {
  /** Whether it gives indices or colours a meaning. */
  kind: 'index' | 'colour'
  classes: SetClass[]
  /** Index in masks → position in `classes`, or 255 for ignore. */
  byIndex: ReadonlyMap<number, number>
  /** 0xrrggbb → position in `classes`, or 255 for ignore. */
  byColour: ReadonlyMap<number, number>
}

/** Files that may hold the table: ours, that of CamVid on Kaggle, and a name a line. */
export const classListNames = [
  'classes.csv',
  'legend.csv',
  'class_dict.csv',
  'classes.txt',
] as const

const hint =
  'Give it the columns index and name, or name and colour (#rrggbb); further ones are colour and parent.'

const badList = (file: string, what: string): AppError =>
  new AppError('bad-dataset', `${file} ${what}`, hint)

function colourOf(row: Record<string, string>, file: string): string | null {
  const { colour = row.color ?? '', r, g, b } = row
  const channels = [r, g, b].map(Number)
  if (
    r !== undefined &&
    channels.every((level) => Number.isInteger(level) && level >= 0 && level <= 255)
  )
    return `#${Buffer.from(channels).toString('hex')}`
  if (colour === '') return null
  if (/^#[0-9a-f]{6}$/i.test(colour)) return colour.toLowerCase()
  throw badList(file, `has the colour ${JSON.stringify(colour)}; #rrggbb was expected`)
}

interface Entry extends SetClass {
  index: number
}

function entriesOf(text: string, file: string): Entry[] {
  if (file.endsWith('.txt'))
    return text
      .split(/\r?\n/)
      .map((line, index) => ({ index, name: line.trim(), colour: null, parent: null }))
      .filter(({ name }) => name !== '')
  return readTable(text, file).map((row, i) => {
    const index = row.index === undefined ? i : Number(row.index)
    if (!row.name) throw badList(file, `has no name in row ${i + 2}`)
    if (!Number.isInteger(index) || index < 0)
      throw badList(file, `has the index ${JSON.stringify(row.index)}; a whole number was expected`)
    return { index, name: row.name, colour: colourOf(row, file), parent: row.parent || null }
  })
}

/** Tables that give colours a meaning; in the others indices count. */
const isLegend = (file: string): boolean => /(legend|class_dict)\.csv$/.test(file)

const isIgnore = ({ name }: SetClass): boolean => name.toLowerCase() === 'ignore'

function refuseTwice(entries: readonly Entry[], file: string): void {
  for (const part of ['name', 'index', 'colour'] as const) {
    const values = entries.map((entry) => entry[part]).filter((value) => value !== null)
    const twice = values.find((value, i) => values.indexOf(value) < i)
    // A colour may be shared where indices are what counts.
    if (twice === undefined || (part === 'colour' && !isLegend(file))) continue
    throw badList(file, `has the ${part} ${JSON.stringify(twice)} twice`)
  }
}

/**
 * Whether an entry is what pixels are that belong to nothing: index 0, or black, or so named. A table
 * without one gets it, since class 0 is the background everywhere.
 */
function withBackground(entries: readonly Entry[], file: string): Entry[] {
  const named = entries.find(({ name }) => name.toLowerCase() === 'background')
  const first = entries.find(({ index, colour }) =>
    isLegend(file) ? colour === '#000000' : index === 0,
  )
  const background = named ?? first
  if (!background)
    return [{ index: -1, name: 'background', colour: null, parent: null }, ...entries]
  return [background, ...entries.filter((entry) => entry !== background)]
}

/**
 * A table of classes as text; `file` is its name.
 * @throws AppError `bad-dataset` when it cannot be understood or has more than 254 classes
 */
export function parseClassList(text: string, file: string): ClassList {
  const all = entriesOf(text, file)
  refuseTwice(all, file)
  const entries = withBackground(
    all.filter((entry) => !isIgnore(entry)),
    file,
  )
  if (entries.length > ignoreIndex)
    throw badList(file, `has ${entries.length} classes; at most 255 were expected`)
  const places = [...entries.entries()]
  const ignored = all.filter(isIgnore)
  const number = (colour: string) => Number.parseInt(colour.slice(1), 16)
  return {
    kind: isLegend(file) ? 'colour' : 'index',
    classes: entries.map(({ name, colour, parent }) => ({ name, colour, parent })),
    byIndex: new Map([
      [ignoreIndex, ignoreIndex],
      ...ignored.map(({ index }) => [index, ignoreIndex] as const),
      ...places.map(([i, { index }]) => [index, i] as const),
    ]),
    byColour: new Map(
      [...ignored.map((entry) => [ignoreIndex, entry] as const), ...places].flatMap(
        ([i, { colour }]) => (colour === null ? [] : [[number(colour), i] as const]),
      ),
    ),
  }
}

/** The table of classes in a folder; null where there is none. */
export async function readClassList(folder: string): Promise<ClassList | null> {
  for (const name of classListNames) {
    const file = join(folder, name)
    if (await isFile(file)) return parseClassList(await readText(file), file)
  }
  return null
}

/** `classes.csv`: what the indices in masks mean. */
export function formatClassList(classes: readonly SetClass[]): string {
  return writeTable(
    ['index', 'name', 'colour', 'parent'],
    classes.map(({ name, colour, parent }, index) => [index, name, colour ?? '', parent ?? '']),
  )
}

/** `legend.csv`: what the colours in masks mean; every class has one. */
export function formatLegend(
  classes: readonly (SetClass & { colour: string })[],
  ignoreColour: string,
): string {
  return writeTable(
    ['name', 'colour', 'parent'],
    [
      ...classes.map(({ name, colour, parent }) => [name, colour, parent ?? '']),
      ['ignore', ignoreColour, ''],
    ],
  )
}
