/** @file Goes through a folder of Labelme files once: their labels, and which picture each is of. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join, posix, relative, sep } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import { maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { parseJson } from '../json.ts'
import { listFiles } from '../list-files.ts'
import { isFile, isPictureName, isWithin } from '../picture-files.ts'
import { readText } from '../text-file.ts'
import { backgroundLabel, ignoreLabel, type LabelFile, labelFileSchema } from './schema.ts'

/** A picture of the set. */
export interface Entry {
  /** Of the picture within the set. */
  name: string
  /** Path of its Labelme file, and what the set calls that; null where it has none. */
  label: { path: string; name: string } | null
  /** Where the picture lies; null where it is only within the file, or nowhere. */
  picture: string | null
  /** Why it cannot be read. */
  fault: string | null
}

export interface Survey {
  entries: Entry[]
  classes: SetClass[]
}

/**
 * Reads a Labelme file; `name` is what errors call it.
 * @throws AppError `bad-dataset`, `bad-json`, `bad-value`
 */
export async function readLabelFile(path: string, name: string): Promise<LabelFile> {
  return parseJson(await readText(path), name, labelFileSchema)
}

const slashed = (path: string): string => path.replaceAll('\\', '/')
const relativePath = (from: string, to: string): string => relative(from, to).split(sep).join('/')

/**
 * Where the picture of a file may lie: where it says, beside it, or in the folder that the user names.
 * Absolute paths are of another machine.
 */
function pictureCandidates(label: string, imagePath: string, images: string | undefined): string[] {
  const isAbsolute = imagePath.startsWith('/') || /^[A-Za-z]:/.test(imagePath)
  const short = posix.basename(imagePath)
  const below = posix.normalize(imagePath).replace(/^(\.\.\/)+/, '')
  const own = isAbsolute ? [short] : [imagePath, short]
  if (images !== undefined)
    return [...(isAbsolute ? [] : [join(images, below)]), join(images, short)]
  return own.map((path) => join(dirname(label), path))
}

async function findPicture(
  label: string,
  imagePath: string,
  { root, images }: { root: string; images: string | undefined },
): Promise<string | null> {
  // A file may say `../images/a.jpg`; what lies further up is none of the set's business.
  const bounds = images ?? dirname(root)
  for (const path of pictureCandidates(label, imagePath, images))
    if (isWithin(bounds, path) && (await isFile(path))) return path
  return null
}

/** What the set calls a picture. */
function nameOf(
  picture: string | null,
  label: string,
  imagePath: string,
  { root, images }: { root: string; images: string | undefined },
): string {
  for (const folder of [root, images])
    if (folder !== undefined && picture !== null && isWithin(folder, picture))
      return relativePath(folder, picture)
  const folder = posix.dirname(relativePath(root, label))
  const named = posix.basename(imagePath)
  const short = /^\.*$/.test(named) ? basename(label) : named
  return folder === '.' ? short : `${folder}/${short}`
}

/** Labels of a file's shapes, whatever else is wrong with them. */
function labelsOf({ shapes }: LabelFile): string[] {
  return shapes.flatMap((shape) => {
    const label = typeof shape === 'object' && shape !== null && 'label' in shape && shape.label
    return typeof label === 'string' && label !== '' ? [label] : []
  })
}

/** Names in `labels.txt`, which Labelme and labelme2voc are given, in its order. */
async function declaredLabels(root: string): Promise<string[]> {
  const path = join(root, 'labels.txt')
  if (!(await isFile(path))) return []
  return (await readText(path)).split(/\r\n|\r|\n/).map((line) => line.trim())
}

/** Whether a label paints no class of its own. */
export const isBackground = (label: string): boolean =>
  label === backgroundLabel || label === 'background'

function classesOf(declared: readonly string[], used: ReadonlySet<string>): SetClass[] {
  const isClass = (label: string) => label !== '' && label !== ignoreLabel && !isBackground(label)
  const names = new Set(['background', ...[...declared, ...[...used].sort()].filter(isClass)])
  if (names.size > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `the set has ${names.size - 1} labels; up to ${maximumClassIndex} fit into a mask`,
      'Where labels tell objects apart, use one label and group them in Labelme.',
    )
  return [...names].map((name) => ({ name, colour: null, parent: null }))
}

interface Place {
  root: string
  images: string | undefined
  signal: AbortSignal | undefined
}

/** Labelme files of a path, relative to the root: of a folder, or only the named one. */
async function filesOf(path: string): Promise<{ root: string; files: string[] | null }> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  return entry.isDirectory()
    ? { root: path, files: null }
    : { root: dirname(path), files: [basename(path)] }
}

const isLabelName = (name: string): boolean => /\.json$/i.test(name)

async function surveyFile(name: string, place: Place, used: Set<string>): Promise<Entry> {
  const path = join(place.root, name)
  const label = { path, name }
  try {
    const file = await readLabelFile(path, name)
    for (const each of labelsOf(file)) used.add(each)
    const imagePath = slashed(file.imagePath ?? '')
    const picture = imagePath === '' ? null : await findPicture(path, imagePath, place)
    return { name: nameOf(picture, path, imagePath, place), label, picture, fault: null }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error
    return { name, label, picture: null, fault: error.message }
  }
}

/** Marks entries of pictures that an earlier one is of already. */
function withoutDoubles(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, string>()
  return entries.map((entry) => {
    const before = first.get(entry.name)
    if (entry.fault !== null) return entry
    if (before === undefined) first.set(entry.name, entry.label?.name ?? entry.name)
    else return { ...entry, fault: `is of the picture ${entry.name}, as ${before} is already` }
    return entry
  })
}

/** Pictures that no Labelme file is of. */
async function unlabelled(
  files: readonly string[],
  entries: readonly Entry[],
  { root, images, signal }: Place,
): Promise<Entry[]> {
  const folder = images ?? root
  const names = images === undefined ? files : await listFiles(images, { signal })
  const known = new Set(entries.flatMap(({ picture }) => picture ?? []))
  const taken = new Set(entries.map(({ name }) => name))
  return names
    .filter((name) => isPictureName(name) && !known.has(join(folder, name)) && !taken.has(name))
    .map((name) => ({ name, label: null, picture: join(folder, name), fault: null }))
}

/**
 * Finds the pictures and labels of a folder, or of one file.
 * @throws AppError `bad-dataset` when none is Labelme's, `no-such-file`, `cancelled`
 */
export async function survey(path: string, { images, signal }: ReadOptions): Promise<Survey> {
  const { root, files: named } = await filesOf(path)
  const files = named ?? (await listFiles(root, { signal }))
  const place: Place = { root, images, signal }
  const used = new Set<string>()
  const entries: Entry[] = []
  for (const name of files.filter(isLabelName)) {
    throwIfCancelled(signal, 'reading the set')
    entries.push(await surveyFile(name, place, used))
  }
  if (entries.every(({ fault }) => fault !== null))
    throw new AppError(
      'bad-dataset',
      `${path} holds no Labelme file${entries[0] ? `: ${entries[0].fault}` : '; JSON files with "shapes" were expected'}`,
      'Name the folder in which Labelme saves its JSON files.',
    )
  const rest = named ? [] : await unlabelled(files, entries, place)
  const classes = classesOf(await declaredLabels(root), used)
  return { entries: [...withoutDoubles(entries), ...rest], classes }
}
