/** @file Reads projects and annotations of the VGG Image Annotator, versions 1 to 3. */
import { basename, dirname, join } from 'node:path'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { maximumClassIndex } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { readAhead } from '../../read-ahead.ts'
import type { AnnotatedSet, SetClass } from '../annotated-set.ts'
import { withEmbeddedPictures } from '../embedded-pictures.ts'
import type { ReadOptions } from '../format.ts'
import { LeftOut } from '../left-out.ts'
import { readText } from '../text-file.ts'
import { classAttribute, classNames } from './class-attribute.ts'
import { findPicture, findViaFiles, type Kind, pictureName, type ViaFile } from './find.ts'
import { parseVia2, parseViaCsv } from './parse-2.ts'
import { parseVia3 } from './parse-3.ts'
import type { Picture, ViaProject } from './project.ts'
import { readPicture } from './read-picture.ts'

const parsers: Readonly<Record<Kind, (text: string, file: string) => ViaProject>> = {
  project3: parseVia3,
  project2: parseVia2,
  annotations: parseVia2,
  csv: parseViaCsv,
}

/** Folders that are named for what their pictures are for. */
const splitFolders: Readonly<Record<string, string>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  test: 'test',
}

export interface Entry {
  picture: Picture
  /** Of the picture within the set. */
  name: string
  /** Where it lies; null where it is within the VIA file, or nowhere. */
  file: string | null
  split: string | null
}

async function readProject({ path, kind }: ViaFile): Promise<ViaProject> {
  try {
    return parsers[kind](await readText(path), path)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'bad-dataset') throw error
    throw new AppError('bad-dataset', error.message, error.hint, { cause: error })
  }
}

/** Several projects as one: their attributes are the same where their names are. */
function joined(projects: readonly ViaProject[]): ViaProject {
  const attributes = new Map(projects.flatMap((each) => [...each.attributes]))
  return { attributes, pictures: projects.flatMap(({ pictures }) => pictures) }
}

async function entriesOf(
  { pictures }: ViaProject,
  { path, folder }: ViaFile,
  root: string,
  images: string | undefined,
): Promise<Entry[]> {
  const own = dirname(path)
  const places = images === undefined ? [own] : [join(images, folder), images]
  const split = splitFolders[folder.toLowerCase()] ?? null
  const entries: Entry[] = []
  for (const picture of pictures) {
    let file: string | null = null
    for (const place of places) file ??= await findPicture(picture, place, images ?? dirname(root))
    const name = pictureName(picture.filename, file, images ?? root, folder)
    entries.push({ picture, name, file, split })
  }
  return entries
}

/** VIA gives no size: without any picture there is nothing to draw in. */
function checkPictures(entries: readonly Entry[], places: string): void {
  const usable = entries.filter(({ picture }) => picture.isUsable)
  const isSized = ({ picture, file }: Entry) =>
    file !== null || picture.size !== null || picture.embedded !== null
  if (usable.length === 0 || usable.some(isSized)) return
  throw new AppError(
    'bad-dataset',
    `none of the ${usable.length} pictures is in ${places}, ${usable[0]?.picture.filename} for one; VIA's files say no sizes, so that the pictures are needed`,
    'Name the folder of the pictures with --images.',
  )
}

/** Pictures whose sizes are read while one is worked on. */
const ahead = 4

function classesOf(names: readonly string[]): SetClass[] {
  const all = new Set(['background', ...names])
  if (all.size > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `the regions name ${all.size - 1} classes; up to ${maximumClassIndex} fit into a mask`,
      'Name another attribute with --map class=NAME.',
    )
  return [...all].map((name) => ({ name, colour: null, parent: null }))
}

/**
 * Reads a VIA file, or the one in a folder or in each of its folders. The pictures are looked for
 * beside it, or in `images`. `class=NAME` in `map` says which attribute names the class.
 * @throws AppError `bad-dataset`, `no-such-file`, `cancelled`
 */
export async function readVia(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const { root, files } = await findViaFiles(path)
  const projects: ViaProject[] = []
  const entries: Entry[] = []
  for (const file of files) {
    throwIfCancelled(options.signal, 'reading the set')
    const project = await readProject(file)
    projects.push(project)
    entries.push(...(await entriesOf(project, file, root, options.images)))
  }
  checkPictures(entries, options.images ?? root)
  const project = joined(projects)
  const attribute = classAttribute(project, options.map ?? [])
  const classes = classesOf(classNames(project, attribute))
  const positions = new Map(classes.map(({ name }, position) => [name, position]))
  const read = ({ signal }: LongWork) =>
    withEmbeddedPictures(async function* (embedded) {
      const names = new Set<string>()
      const { attributes } = project
      const left = new LeftOut()
      const reading = { attribute, attributes, positions, embedded, names, left }
      for await (const read of readAhead(entries, ahead, (entry) => readPicture(entry, reading))) {
        throwIfCancelled(signal, 'reading the set')
        yield* read
      }
      yield* left.problems(basename(path))
    })
  return { classes, count: entries.length, read }
}
