/** @file What the values and colours of a VOC set's masks mean. */
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { ignoreIndex, maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import { isFile } from '../picture-files.ts'
import { readText } from '../text-file.ts'
import { type Label, labelColour, parseLabelMap } from './label-map.ts'
import { vocClassNames, vocColour } from './voc-classes.ts'

export interface ClassTable {
  classes: readonly SetClass[]
  /** Whether the set or the user names them; else they are those of the challenges. */
  isDeclared: boolean
  /** Stored value → position in `classes`, or 255. */
  ofIndex: ReadonlyMap<number, number>
  /** 0xrrggbb → position in `classes`, or 255. */
  ofColour: ReadonlyMap<number, number>
}

/** What Datumaro calls the label of pixels that count for nothing. */
const ignoredName = 'ignored'
const backgroundName = 'background'

/** Names by line, as labelme2voc and others write them; Labelme's own background is `_background_`. */
function plainNames(text: string): Label[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim())
  return lines
    .filter((name) => name !== '' && name !== '__ignore__')
    .map((name) => ({ name: name === '_background_' ? backgroundName : name, colour: null }))
}

const nameFiles: readonly [name: string, parse: (text: string, file: string) => Label[]][] = [
  ['labelmap.txt', parseLabelMap],
  ['class_names.txt', plainNames],
]

/** Labels in the order of their indices; null where the set has no file that names them. */
async function readLabels(folder: string): Promise<Label[] | null> {
  for (const [name, parse] of nameFiles) {
    const path = join(folder, name)
    if (!(await isFile(path))) continue
    const labels = parse(await readText(path), path)
    const hasBackground = labels.some((label) => label.name === backgroundName)
    return hasBackground ? labels : [{ name: backgroundName, colour: null }, ...labels]
  }
  return null
}

/** The labels of a set that names none: the challenges', unless the user says what its values are. */
function labelsByDefault(map: readonly string[]): Label[] {
  const names = map.length > 0 ? [backgroundName] : vocClassNames
  return names.map((name) => ({ name, colour: null }))
}

/** Position of each label: the background first, 255 for what is ignored. */
function positionsOf(labels: readonly Label[]): { names: string[]; positions: number[] } {
  const others = labels.flatMap(({ name }) =>
    name === backgroundName || name === ignoredName ? [] : [name],
  )
  const names = [backgroundName, ...others]
  const positions = labels.map(({ name }) =>
    name === ignoredName ? ignoreIndex : names.indexOf(name),
  )
  return { names, positions }
}

/** `128=car` and `#ff0000=car` change what a value or a colour means; new names become classes. */
function applyMap(
  map: readonly string[],
  classes: SetClass[],
  ofIndex: Map<number, number>,
  ofColour: Map<number, number>,
): void {
  for (const text of map) {
    const match = /^(?:(\d{1,3})|#([0-9a-f]{6}))=(.+)$/i.exec(text.trim())
    const [, digits, hex, name = ''] = match ?? []
    if (!match || Number(digits ?? 0) > 255)
      throw new AppError(
        'bad-value',
        `--map ${text}: VALUE=NAME was expected, with a value of 0 to 255 or a colour #rrggbb`,
        'For instance --map 1=person or --map 255=ignore.',
      )
    let position = name === 'ignore' ? ignoreIndex : classes.findIndex((c) => c.name === name)
    if (position === -1) position = classes.push({ name, colour: null, parent: null }) - 1
    if (digits !== undefined) ofIndex.set(Number(digits), position)
    else ofColour.set(Number.parseInt(hex ?? '', 16), position)
  }
}

/**
 * The classes of the set in `folder`: those of its `labelmap.txt` or `class_names.txt`, otherwise the
 * twenty of the challenges; `map` wins over them.
 * @throws AppError `bad-dataset`, `bad-value` for a map that is none
 */
export async function readClassTable(
  folder: string,
  map: readonly string[] = [],
): Promise<ClassTable> {
  const declared = await readLabels(folder)
  const labels = declared ?? labelsByDefault(map)
  const { names, positions } = positionsOf(labels)
  const classes: SetClass[] = names.map((name, position) => {
    const label = labels.find((each) => each.name === name)
    return { name, colour: label ? labelColour(label, position) : null, parent: null }
  })
  const ofIndex = new Map([[ignoreIndex, ignoreIndex]])
  const ofColour = new Map([[vocColour(ignoreIndex), ignoreIndex]])
  for (const [index, position] of positions.entries()) {
    ofIndex.set(index, position)
    ofColour.set(labels[index]?.colour ?? vocColour(index), position)
  }
  applyMap(map, classes, ofIndex, ofColour)
  checkNumber(classes)
  return { classes, isDeclared: declared !== null || map.length > 0, ofIndex, ofColour }
}

function checkNumber(classes: readonly SetClass[]): void {
  if (classes.length > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `the set has ${classes.length} classes; up to ${maximumClassIndex + 1} with the background fit into a mask`,
      'Take out the classes that are not needed.',
    )
}
