/** @file Reads tables of boxes. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { maximumClassIndex } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type {
  AnnotatedImage,
  AnnotatedSet,
  SetClass,
  SetObject,
  SetProblem,
} from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { listFiles } from '../list-files.ts'
import { type ClassList, readClassList } from '../mask-pictures/class-list.ts'
import { isPictureName } from '../picture-files.ts'
import { pictureSize } from '../picture-size.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawRectangle } from '../shapes/draw-shape.ts'
import { readTable } from '../table-file.ts'
import { readHead, readText } from '../text-file.ts'
import { pictureFinder } from './find-picture.ts'
import { type BoxRow, hasBoxColumns, parseBoxRow } from './rows.ts'

/** The table itself: the file, or the only one of a folder; null where there is none. */
export async function findBoxTable(path: string): Promise<string | null> {
  const isFolder = await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  const names = isFolder ? await readdir(path) : ['']
  const tables: string[] = []
  for (const name of names) {
    const file = name === '' ? path : join(path, name)
    if (!/\.csv$/i.test(file)) continue
    const [header = ''] = (await readHead(file)).split(/\r?\n/)
    if (hasBoxColumns(header.split(/[,;\t]/).map((each) => each.replaceAll('"', '').trim())))
      tables.push(file)
  }
  return tables.length === 1 ? (tables[0] ?? null) : null
}

/** Position of a class by what the rows call it. */
interface Labels {
  classes: readonly SetClass[]
  positionOf(label: string): number | undefined
}

const byNumberOrName = new Intl.Collator('en', { numeric: true }).compare

/** Without a table of classes each label is a class; numbers get the word before them. */
function labelsOf(rows: readonly BoxRow[], list: ClassList | null, file: string): Labels {
  const background = { name: 'background', colour: null, parent: null }
  if (list) {
    const names = new Map(list.classes.map(({ name }, i) => [name, i]))
    const positionOf = (label: string) => names.get(label) ?? list.byIndex.get(Number(label))
    return { classes: list.classes, positionOf }
  }
  const labels = [...new Set(rows.map(({ label }) => label))].filter((label) => label !== '')
  if (labels.length > maximumClassIndex)
    throw new AppError(
      'bad-dataset',
      `${file} has ${labels.length} classes; at most ${maximumClassIndex} were expected`,
      'Leave out or merge some of them.',
    )
  labels.sort(byNumberOrName)
  const nameOf = (label: string) => (/^\d+$/.test(label) ? `class ${label}` : label)
  const places = new Map(labels.map((label, i) => [label, i + 1]))
  return {
    classes: [background, ...labels.map((label) => ({ ...background, name: nameOf(label) }))],
    positionOf: (label) => places.get(label),
  }
}

function parseRows(table: readonly Record<string, string>[], file: string) {
  const rows: BoxRow[] = []
  const problems: SetProblem[] = []
  for (const [i, row] of table.entries()) {
    const parsed = parseBoxRow(row)
    if (typeof parsed === 'string')
      problems.push({ file: basename(file), why: `row ${i + 2} ${parsed}` })
    else rows.push(parsed)
  }
  return { rows, problems }
}

function objectsOf(rows: readonly BoxRow[], size: Size, { positionOf }: Labels): SetObject[] {
  return rows.flatMap(({ label, box }) => {
    if (box === null) return []
    const position = positionOf(label)
    if (position === undefined || position === 0)
      throw new AppError(
        'bad-dataset',
        `has the class ${label}, which the table of classes has not`,
      )
    const raster = drawRectangle(box, size)
    if (raster.data.length === 0)
      throw new AppError(
        'bad-dataset',
        `has a box at ${box.x}, ${box.y} of ${box.width}x${box.height} that covers no pixel of the picture of ${size.width}x${size.height}`,
      )
    return [objectOf(position, raster, { boxOnly: true, box })]
  })
}

async function imageOf(
  name: string,
  file: string,
  rows: readonly BoxRow[] | undefined,
  labels: Labels,
): Promise<AnnotatedImage> {
  const size = await pictureSize(file)
  const objects = rows ? objectsOf(rows, size, labels) : []
  const common = { name, file, ...size, split: null, scene: null, mask: null }
  return { ...common, annotated: rows !== undefined, objects }
}

/** The rows of each picture, and what rows name that is none. */
function groupRows(rows: readonly BoxRow[], pictures: readonly string[]) {
  const find = pictureFinder(pictures)
  const byPicture = new Map<string, BoxRow[]>()
  const missing = new Set<string>()
  for (const row of rows) {
    const picture = find(row.image)
    const known = picture === undefined ? undefined : byPicture.get(picture)
    if (picture === undefined) missing.add(row.image)
    else if (known) known.push(row)
    else byPicture.set(picture, [row])
  }
  return { byPicture, missing }
}

/**
 * Reads a table of boxes, or the folder that it is in. Pictures are looked for in `options.images`,
 * otherwise around the table; those without a row are not annotated.
 * @throws AppError `bad-dataset` when there is no such table or it cannot be read
 */
export async function readBoxes(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const table = await findBoxTable(path)
  if (table === null)
    throw new AppError(
      'bad-dataset',
      `${path} holds no table of boxes, or several`,
      'Give the CSV file, with the columns image_id, x, y, width, height, class_id or image_id, class, bounds.',
    )
  const folder = options.images ?? dirname(table)
  const { rows, problems } = parseRows(readTable(await readText(table), table), table)
  const labels = labelsOf(rows, await readClassList(dirname(table)), table)
  const pictures = (await listFiles(folder, { signal: options.signal })).filter(isPictureName)
  const { byPicture, missing } = groupRows(rows, pictures)
  for (const file of missing)
    problems.push({ file, why: `there is no such picture in ${folder}; its size is not known` })
  async function* read({ signal }: LongWork) {
    yield* problems
    for (const name of pictures) {
      throwIfCancelled(signal, 'reading boxes')
      try {
        yield await imageOf(nameIn(name), join(folder, name), byPicture.get(name), labels)
      } catch (error) {
        yield { file: name, why: toAppError(error, name).message }
      }
    }
  }
  return { classes: labels.classes, count: problems.length + pictures.length, read }
}

/** Our own tables name pictures within images/. */
const nameIn = (path: string): string => path.replace(/^images\//, '')
