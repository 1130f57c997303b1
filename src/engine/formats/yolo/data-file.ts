/** @file What a YOLO set says of itself: data.yaml, or the list of names that labelling tools write. */
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.ts'
import { maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import { naturally } from '../list-files.ts'
import { isFile } from '../picture-files.ts'
import { readHead, readText } from '../text-file.ts'
import { SimpleYaml, type YamlValue } from './simple-yaml.ts'

/** A part of the set: `train: images/train`. */
export interface Part {
  key: string
  /** As they stand in the file: folders, or lists of pictures. */
  places: readonly string[]
}

export interface DataFile {
  /** Folder of the set. */
  root: string
  /** Folders that places may be relative to, as the file says; often one of another machine. */
  path: string | null
  classes: SetClass[]
  /** Class number → position in `classes`. */
  indices: ReadonlyMap<number, number>
  parts: Part[]
}

const namesFile = 'classes.txt'
const partKeys = ['train', 'val', 'validation', 'test']

/** Whether a YAML file is of a YOLO set. Never throws. */
export async function isDataFile(path: string): Promise<boolean> {
  if (!/\.ya?ml$/i.test(path)) return false
  const head = await readHead(path)
  return /^['"]?(names|nc)['"]?\s*:/m.test(head) && /^['"]?(train|val)['"]?\s*:/m.test(head)
}

/** The YAML file of the set at `path`, a file or a folder; null where there is none. Never throws. */
export async function findDataFile(path: string): Promise<string | null> {
  if (await isDataFile(path)) return path
  const names = (await readdir(path).catch(() => [])).filter((name) => /\.ya?ml$/i.test(name))
  const first = (name: string) => Number(!/^data\.ya?ml$/i.test(name))
  for (const name of names.sort((a, b) => first(a) - first(b) || naturally(a, b)))
    if (await isDataFile(join(path, name))) return join(path, name)
  return null
}

/**
 * Reads data.yaml, or classes.txt where that is all there is.
 *
 * @throws AppError `bad-dataset`, `no-such-file`
 */
export async function readDataFile(path: string): Promise<DataFile> {
  const file = await findDataFile(path)
  if (file !== null) return parseDataFile(await readText(file), file)
  const entry = await stat(path).catch(() => null)
  if (entry?.isFile()) return parseDataFile(await readText(path), path)
  const names = join(path, namesFile)
  if (entry && !(await isFile(names)))
    throw new AppError(
      'bad-dataset',
      `${path} has neither data.yaml nor ${namesFile}: the classes have no names`,
      'Put a data.yaml there with "names:" and a line "0: person" for each class.',
    )
  const lines = (await readText(names)).trimEnd().split(/\r?\n/)
  const classes = classesOf(new Map(lines.map((name, number) => [number, name.trim()])), names)
  return { root: path, path: null, ...classes, parts: [] }
}

function parseDataFile(text: string, file: string): DataFile {
  const yaml = new SimpleYaml(text, file)
  const path = yaml.get('path')
  const places = (key: string): readonly string[] => {
    const value = yaml.get(key)
    if (value === null || value === '') return []
    if (typeof value === 'string') return [value]
    return Array.isArray(value) ? value : []
  }
  // A key of ours, for parts that are neither of these.
  const own = yaml.keys().filter((key) => !partKeys.includes(key) && ownPlace(yaml, key))
  const parts = [...partKeys, ...own]
    .map((key) => ({ key, places: places(key) }))
    .filter((part) => part.places.length > 0)
  if (parts.length === 0)
    throw badData(file, 'names no folder of pictures: it has neither train nor val')
  const names = numberedNames(yaml.get('names'), yaml.get('nc'), file)
  return {
    root: dirname(file),
    path: typeof path === 'string' && path !== '' ? path : null,
    ...classesOf(names, file),
    parts,
  }
}

function ownPlace(yaml: SimpleYaml, key: string): boolean {
  if (['path', 'names', 'nc', 'download'].includes(key)) return false
  try {
    const value = yaml.get(key)
    return typeof value === 'string' && value === `images/${encodeURIComponent(key)}`
  } catch {
    return false
  }
}

/** Names by their numbers. Without names, Ultralytics calls them class_0 and so on. */
function numberedNames(names: YamlValue, count: YamlValue, file: string): Map<number, string> {
  if (Array.isArray(names)) return new Map(names.map((name, number) => [number, name]))
  if (names instanceof Map) {
    const numbered = new Map([...names].map(([number, name]) => [Number(number), name]))
    if ([...numbered.keys()].every((number) => Number.isInteger(number) && number >= 0))
      return numbered
    throw badData(file, 'has names whose numbers are not 0, 1, 2 …')
  }
  const total = Number(count)
  if (names === null && count !== null && Number.isInteger(total) && total > 0 && total < 1e5)
    return new Map(Array.from({ length: total }, (_, number) => [number, `class_${number}`]))
  throw badData(file, 'has no names of classes')
}

function classesOf(
  names: ReadonlyMap<number, string>,
  file: string,
): Pick<DataFile, 'classes' | 'indices'> {
  const background = 'background'
  const classes: SetClass[] = [{ name: background, colour: null, parent: null }]
  const taken = new Map([[background, 0]])
  const indices = new Map<number, number>()
  for (const [number, given] of [...names].sort(([a], [b]) => a - b)) {
    const name = given === '' ? `class_${number}` : given
    if (name !== background && taken.has(name)) throw badData(file, `names ${name} twice`)
    const index = taken.get(name) ?? classes.push({ name, colour: null, parent: null }) - 1
    taken.set(name, index)
    indices.set(number, index)
  }
  if (classes.length > maximumClassIndex + 1)
    throw badData(file, `has ${classes.length - 1} classes; a mask can hold ${maximumClassIndex}`)
  return { classes, indices }
}

function badData(file: string, what: string): AppError {
  return new AppError(
    'bad-dataset',
    `${basename(file)} ${what}`,
    'Correct it as the documentation of Ultralytics has it: train, val and names.',
  )
}
