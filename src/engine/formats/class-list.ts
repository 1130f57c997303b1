/** @file The classes that masks without a project hold, as a number or as a file with their names. */
import { extname } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { type MaskClass, maximumClassIndex } from '../../shared/mask.ts'
import { parseJson } from './json.ts'
import { parseClassList } from './mask-pictures/class-list.ts'
import { readText } from './text-file.ts'

/** Where nobody sees them, classes need no colours of their own. */
const colour = '#000000'

const index = z.int().min(0).max(maximumClassIndex)
const name = z.string().trim().min(1)

/** Names in the order of their indices, or each with its index. */
const listSchema = z
  .array(z.union([name, z.object({ index, name })]))
  .transform((list) =>
    list.map((entry, at) => (typeof entry === 'string' ? { index: at, name: entry } : entry)),
  )

function checked(classes: readonly { index: number; name: string }[], where: string): MaskClass[] {
  const twice = (list: readonly (string | number)[]) =>
    list.find((each, i) => list.indexOf(each) < i)
  const again = twice(classes.map(({ index }) => index)) ?? twice(classes.map(({ name }) => name))
  const tooMany = classes.length > maximumClassIndex + 1
  if (classes.length > 0 && again === undefined && !tooMany)
    return classes.map((each) => ({ ...each, colour }))
  const what = tooMany
    ? `names ${classes.length} classes`
    : again === undefined
      ? 'names no class'
      : `names the class ${JSON.stringify(again)} twice`
  throw new AppError(
    'bad-value',
    `${where} ${what}; 1 to ${maximumClassIndex + 1} different ones were expected`,
    'Give one name a line, that of class 0 first.',
  )
}

/** The rows of a `classes.csv`, as they lie beside masks; what is to be ignored is no class. */
function tableClasses(content: string, file: string): { index: number; name: string }[] {
  const { classes, byIndex } = parseClassList(content, file)
  return [...byIndex].flatMap(([index, position]) => {
    const { name } = classes[position] ?? {}
    return name === undefined || index < 0 || index > maximumClassIndex ? [] : [{ index, name }]
  })
}

/** So many classes, named by their indices. */
export function numberedClasses(count: number): MaskClass[] {
  return Array.from({ length: count }, (_, index) => ({ index, name: String(index), colour }))
}

/**
 * The classes that `text` stands for: a number of classes, or a file of their names, one a line from
 * class 0 on, a table with the columns `index` and `name` (`.csv`), or JSON: a list of names, or of
 * `{"index", "name"}`.
 *
 * @throws AppError `bad-value` when a class is named twice or there are more than 255; what reading
 * the file can throw
 */
export async function readClassList(text: string): Promise<MaskClass[]> {
  if (/^\d+$/.test(text)) {
    const count = Number(text)
    if (count >= 1 && count <= maximumClassIndex + 1) return numberedClasses(count)
    throw new AppError(
      'bad-value',
      `--classes is ${text}; a number of classes from 1 to ${maximumClassIndex + 1} was expected`,
      'Give the number of classes, or a file with their names.',
    )
  }
  const content = await readText(text)
  if (extname(text).toLowerCase() === '.json')
    return checked(parseJson(content, text, listSchema), text)
  if (extname(text).toLowerCase() === '.csv') return checked(tableClasses(content, text), text)
  const names = content.trimEnd().split(/\r\n|\r|\n/)
  const lines = names.map((line, at) => ({ index: at, name: line.trim() }))
  const blank = lines.find((line) => line.name === '')
  if (blank && content.trim() !== '')
    throw new AppError(
      'bad-value',
      `${text}, line ${blank.index + 1} is empty; the name of class ${blank.index} was expected`,
      'Give one name a line, that of class 0 first.',
    )
  return checked(content.trim() === '' ? [] : lines, text)
}
