/** @file Reads PASCAL VOC sets: class and object masks with their lists, or XML files with boxes. */
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { maximumClassIndex } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, SetClass, SetProblem } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { LeftOut } from '../left-out.ts'
import { naturally } from '../list-files.ts'
import { pathWithin } from '../picture-files.ts'
import { readText } from '../text-file.ts'
import { parseAnnotation } from './annotation.ts'
import { type ClassTable, readClassTable } from './class-table.ts'
import { type ImageLists, readImageLists } from './image-sets.ts'
import { findLayout, type VocLayout } from './layout.ts'
import { readPicture } from './read-picture.ts'

export interface VocSet {
  layout: VocLayout
  lists: ImageLists
  table: ClassTable
}

/** Pictures of the set: of a segmentation set those that are listed or have a mask. */
function idsOf(layout: VocLayout, lists: ImageLists): string[] {
  const isSegmentation = layout.classMasks.size > 0 || layout.hasSegmentationLists
  const ids = new Set([...lists.splits.keys(), ...layout.classMasks.keys()])
  const others = isSegmentation && lists.splits.size > 0 ? [] : pictureIds(layout)
  for (const id of others) ids.add(id)
  if (!isSegmentation) for (const id of layout.annotations.keys()) ids.add(id)
  return [...ids].sort(naturally)
}

/** Every picture once, though the table has it by id and by name. */
function pictureIds({ pictures }: VocLayout): string[] {
  const files = new Map<string, string>()
  for (const [id, file] of pictures) if (!files.has(file)) files.set(file, id)
  return [...files.values()]
}

/** The classes that the boxes of the set name, in no order. */
async function boxNames(
  { annotations, root }: VocLayout,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const names = new Set<string>()
  for (const id of ids) {
    throwIfCancelled(signal, 'reading the set')
    const file = annotations.get(id)
    if (file === undefined) continue
    // What is wrong with a file is said when its picture is read.
    const annotation = await readText(pathWithin(root, file))
      .then((text) => parseAnnotation(text, file))
      .catch(() => null)
    for (const object of annotation?.objects ?? []) if (object) names.add(object.name)
  }
  return names
}

/**
 * The classes of a set: declared ones, and those that boxes name beyond them by the alphabet. A set
 * of boxes that declares none has of the challenges' classes those that it names.
 */
async function classesOf(
  layout: VocLayout,
  table: ClassTable,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly SetClass[]> {
  if (layout.classMasks.size > 0) return table.classes
  const names = await boxNames(layout, ids, signal)
  const known = table.classes.filter(
    ({ name }, index) => index === 0 || table.isDeclared || names.has(name),
  )
  for (const { name } of known) names.delete(name)
  const more = [...names].sort().map((name) => ({ name, colour: null, parent: null }))
  const classes = [...known, ...more]
  if (classes.length > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `the boxes name ${classes.length - 1} classes; up to ${maximumClassIndex} fit into a mask`,
      'Take out the classes that are not needed.',
    )
  return classes
}

/** What a set as a whole has to say. */
function* setProblems({ layout, lists }: VocSet, ids: readonly string[]): Generator<SetProblem> {
  for (const [id, [first, second]] of lists.twice)
    yield { file: id, why: `is in the lists ${first} and ${second}; ${first} was taken` }
  const taken = new Set(ids)
  const left = [...layout.annotations.keys()].filter((id) => !taken.has(id)).length
  if (left > 0)
    yield {
      file: 'Annotations',
      why: `${left} pictures have boxes but no mask and are in no list; a segmentation set is read without them`,
    }
}

async function* readPictures(
  set: VocSet,
  ids: readonly string[],
  { signal }: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  yield* setProblems(set, ids)
  const left = new LeftOut()
  for (const id of ids) {
    throwIfCancelled(signal, 'reading the set')
    yield* await readPicture(set, id, left)
  }
  yield* left.problems('Annotations')
}

/**
 * Reads the set at or below a folder.
 * @throws AppError `bad-dataset`, `no-such-file`, `bad-value` for a map that is none
 */
export async function readVoc(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const layout = await findLayout(path, options)
  const lists = await readImageLists(layout)
  const table = await readClassTable(layout.root, options.map)
  const ids = idsOf(layout, lists)
  if (ids.length === 0)
    throw new AppError(
      'bad-dataset',
      `${layout.root} holds no picture, mask or box`,
      'Name the folder that holds JPEGImages.',
    )
  const classes = await classesOf(layout, table, ids, options.signal)
  const set: VocSet = { layout, lists, table: { ...table, classes } }
  return { classes, count: ids.length, read: (work) => readPictures(set, ids, work) }
}
