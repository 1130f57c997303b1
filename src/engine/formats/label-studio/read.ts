/** @file Label Studio's exports "JSON" and "JSON-MIN": a task a picture. */
import { stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError, throwIfCancelled, toAppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { maximumSide, type Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, AnnotatedSet, SetClass, SetProblem } from '../annotated-set.ts'
import type { ReadOptions } from '../format.ts'
import { jsonItems } from '../json-items.ts'
import { classesOf, classIndices } from '../named-classes.ts'
import { isFile } from '../picture-files.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { problemOf } from '../problem-of.ts'
import { readText } from '../text-file.ts'
import { configName, configuredClasses } from './label-config.ts'
import { findPicture, nameOf, referenceOf } from './picture-reference.ts'
import { drawRegions, readResults } from './read-results.ts'
import { readTask, type Task } from './task.ts'
import { tasksFile } from './tasks-file.ts'

interface Survey {
  tasks: number
  labels: Set<string>
  /** How often each name of a picture occurs. */
  names: Map<string, number>
}

/** Goes through the file once. Broken tasks count, and are told when they are read. */
function survey(text: string, file: string): Survey {
  const found: Survey = { tasks: 0, labels: new Set(), names: new Map() }
  for (const item of jsonItems(text, file)) {
    const task = attempt(() => readTask(item, found.tasks))
    found.tasks++
    if (typeof task === 'string') continue
    for (const { label } of readResults(task.results ?? []).regions) found.labels.add(label)
    const name = nameOf(referenceOf(task) ?? '')
    found.names.set(name, (found.names.get(name) ?? 0) + 1)
  }
  return found
}

/** What an action gives, or what is wrong with the data. */
function attempt<Value>(action: () => Value): Value | string {
  try {
    return action()
  } catch (error) {
    return problemOf(error)
  }
}

interface Context {
  text: string
  file: string
  folder: string
  names: ReadonlyMap<string, number>
  indexOf: ReadonlyMap<string, number>
}

function unusable(why: string): AppError {
  return new AppError('bad-dataset', why, 'Name the folder of the pictures with --images.')
}

async function sizeOf(file: string | null, annotated: Size | null): Promise<Size> {
  const own = file === null ? null : await pictureSize(file)
  const size = own ?? annotated
  if (!size) throw unusable('its size is not known: nothing gives it, and the picture is not there')
  const problem = own && annotated ? sizeProblem(annotated, own) : null
  if (problem !== null) throw unusable(problem)
  const isSide = (side: number) => Number.isInteger(side) && side >= 1 && side <= maximumSide
  if (!isSide(size.width) || !isSide(size.height))
    throw unusable(`it is ${size.width}x${size.height}; sides of 1 to ${maximumSide} were expected`)
  return size
}

const sizeSchema = z.object({ width: z.number(), height: z.number() })

/** Sizes that somebody put beside the picture's address, as our own exports do. */
function sizeOfData({ data }: Task): Size | null {
  return sizeSchema.safeParse(data).data ?? null
}

/** What of a task is not taken, in sentences. */
function leftOut({ others, predictions, results }: Task): string[] {
  return [
    ...(others > 0
      ? [`${others} more annotations of it left out: only the last one is taken`]
      : []),
    ...(predictions > 0 && results === null
      ? [`${predictions} predictions left out: nobody has made them annotations`]
      : []),
  ]
}

async function readPicture(
  task: Task,
  name: string,
  context: Context,
): Promise<(AnnotatedImage | SetProblem)[]> {
  const reference = referenceOf(task)
  if (reference === null) throw unusable('no field of its data refers to a picture')
  const file = await findPicture(reference, context.folder)
  const read = readResults(task.results ?? [])
  const size = await sizeOf(file, read.size ?? sizeOfData(task))
  const { problems, ...drawn } = drawRegions(read.regions, size, context.indexOf)
  const annotated = task.results !== null
  return [
    ...[...leftOut(task), ...read.problems, ...problems].map((why) => ({ file: name, why })),
    { name, file, ...size, split: null, scene: null, annotated, ...drawn },
  ]
}

async function* readPictures(
  context: Context,
  { signal }: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  let position = 0
  for (const item of jsonItems(context.text, context.file)) {
    throwIfCancelled(signal, 'reading the dataset')
    const task = attempt(() => readTask(item, position))
    position++
    if (typeof task === 'string') {
      yield { file: context.file, why: task }
      continue
    }
    const own = nameOf(referenceOf(task) ?? `task ${task.id}`)
    const name = (context.names.get(own) ?? 0) > 1 ? `${task.id}/${own}` : own
    try {
      yield* await readPicture(task, name, context)
    } catch (error) {
      yield { file: name, why: problemOf(error) }
    }
  }
}

async function declaredClasses(folder: string): Promise<SetClass[]> {
  const path = join(folder, configName)
  return (await isFile(path)) ? configuredClasses(await readText(path), path) : []
}

/**
 * Reads an export of Label Studio: a file, or a folder that it is in. Labels come from
 * `label_config.xml` beside it, where that is there, and from the results.
 *
 * @throws AppError `bad-dataset`, `no-such-file`
 */
export async function readLabelStudio(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const entry = await stat(path).catch((error: unknown) => {
    throw toAppError(error, path)
  })
  const file = entry.isFile() ? path : await tasksFile(path)
  if (file === null)
    throw new AppError(
      'bad-dataset',
      `${path} has no JSON file with tasks of Label Studio`,
      'Export "JSON" from Label Studio and name its file.',
    )
  const text = await readText(file)
  const { tasks, labels, names } = survey(text, file)
  const classes = classesOf(await declaredClasses(dirname(file)), labels)
  const folder = options.images ?? dirname(file)
  const context = { text, file, folder, names, indexOf: classIndices(classes) }
  return { classes, count: tasks, read: (work) => readPictures(context, work) }
}
