/** @file Reads Labelme's JSON files. */
import { basename } from 'node:path'
import { AppError, throwIfCancelled } from '../../../shared/errors.ts'
import { backgroundIndex, ignoreIndex } from '../../../shared/mask.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, AnnotatedSet, SetProblem } from '../annotated-set.ts'
import { type EmbeddedPictures, withEmbeddedPictures } from '../embedded-pictures.ts'
import type { ReadOptions } from '../format.ts'
import { checkValue } from '../json.ts'
import { LeftOut } from '../left-out.ts'
import { type PaintedShape, paintedPicture } from '../painted-shapes.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { drawShape } from './draw.ts'
import { ignoreLabel, type LabelFile, shapeSchema } from './schema.ts'
import { type Entry, isBackground, readLabelFile, survey } from './survey.ts'

interface Reading {
  /** Position of each class by name. */
  positions: ReadonlyMap<string, number>
  left: LeftOut
  embedded: EmbeddedPictures
}

function classOf(label: string, positions: ReadonlyMap<string, number>): number {
  if (label === ignoreLabel) return ignoreIndex
  return isBackground(label) ? backgroundIndex : (positions.get(label) ?? backgroundIndex)
}

const isTicked = (flags: LabelFile['flags']): boolean => Object.values(flags ?? {}).includes(true)

async function paintedShapes(
  { shapes }: LabelFile,
  size: Size,
  { positions, left }: Reading,
): Promise<{ painted: PaintedShape[]; faults: string[] }> {
  const painted: PaintedShape[] = []
  const faults: string[] = []
  for (const [index, value] of shapes.entries())
    try {
      const shape = checkValue(value, `shape ${index + 1}`, shapeSchema)
      const object = await drawShape(shape, classOf(shape.label, positions), size)
      left.add('shapes with a description', Number((shape.description ?? '').trim() !== ''))
      left.add('shapes with flags', Number(isTicked(shape.flags)))
      painted.push({ object, group: shape.group_id == null ? null : String(shape.group_id) })
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const isNamed = error.message.startsWith('shape ')
      faults.push(isNamed ? error.message : `shape ${index + 1}: ${error.message}`)
    }
  return { painted, faults }
}

/** The file's size is only a note of Labelme's, which itself goes by the picture. */
function sizeOf(
  { imageWidth: width, imageHeight: height }: LabelFile,
  pictured: Size | null,
): { size: Size; fault: string | null } {
  const noted = width && height ? { width, height } : null
  const size = pictured ?? noted
  if (!size)
    throw new AppError(
      'bad-dataset',
      'has neither its picture nor imageWidth and imageHeight',
      'Name the folder of the pictures with --images.',
    )
  return { size, fault: noted && pictured ? sizeProblem(noted, pictured) : null }
}

async function pictureOf({ picture, name }: Entry, file: LabelFile, embedded: EmbeddedPictures) {
  if (picture !== null || !file.imageData) return picture
  return embedded.save(name, Buffer.from(file.imageData, 'base64'))
}

async function readLabelled(
  entry: Entry,
  label: { path: string; name: string },
  reading: Reading,
): Promise<(AnnotatedImage | SetProblem)[]> {
  const file = await readLabelFile(label.path, label.name)
  reading.left.add('pictures with flags', Number(isTicked(file.flags)))
  const picture = await pictureOf(entry, file, reading.embedded)
  const pictured = picture === null ? null : await pictureSize(picture)
  const { size, fault } = sizeOf(file, pictured)
  const { painted, faults } = await paintedShapes(file, size, reading)
  const problems = [...(fault === null ? [] : [fault]), ...faults]
  const image: AnnotatedImage = {
    name: entry.name,
    file: picture,
    ...size,
    split: null,
    scene: null,
    annotated: true,
    ...paintedPicture(painted, size),
  }
  return [image, ...problems.map((why) => ({ file: label.name, why }))]
}

async function readUnlabelled(name: string, picture: string): Promise<AnnotatedImage> {
  const size = await pictureSize(picture)
  const rest = { split: null, scene: null, annotated: false, objects: [], mask: null }
  return { name, file: picture, ...size, ...rest }
}

async function readEntry(entry: Entry, reading: Reading): Promise<(AnnotatedImage | SetProblem)[]> {
  const file = entry.label?.name ?? entry.name
  if (entry.fault !== null) return [{ file, why: entry.fault }]
  try {
    if (entry.label !== null) return await readLabelled(entry, entry.label, reading)
    return entry.picture === null ? [] : [await readUnlabelled(entry.name, entry.picture)]
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error
    return [{ file, why: error.message }]
  }
}

/**
 * Reads a folder of Labelme files, or one of them. Labels are classes: those of `labels.txt` in its
 * order, then the others by the alphabet; `_background_` paints background and `__ignore__` pixels that
 * count for nothing, as labelme2voc has them. A picture that is only within its JSON file lies in a
 * temporary file until the next one is read.
 * @throws AppError `bad-dataset`, `no-such-file`, `cancelled`
 */
export async function readLabelme(path: string, options: ReadOptions): Promise<AnnotatedSet> {
  const { entries, classes } = await survey(path, options)
  const positions = new Map(classes.map(({ name }, position) => [name, position]))
  const read = ({ signal }: LongWork) =>
    withEmbeddedPictures(async function* (embedded) {
      const left = new LeftOut()
      for (const entry of entries) {
        throwIfCancelled(signal, 'reading the set')
        yield* await readEntry(entry, { positions, embedded, left })
      }
      yield* left.problems(basename(path))
    })
  return { classes, count: entries.length, read }
}
