/** @file One picture of a VIA project: its regions, drawn. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetProblem } from '../annotated-set.ts'
import type { EmbeddedPictures } from '../embedded-pictures.ts'
import type { LeftOut } from '../left-out.ts'
import { type PaintedShape, paintedPicture } from '../painted-shapes.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { classOf, textsOf } from './class-attribute.ts'
import { drawRegion } from './draw.ts'
import type { Region, ViaProject } from './project.ts'
import type { Entry } from './read.ts'

interface Reading {
  /** The attribute that names the class; null = all regions are of the first one. */
  attribute: string | null
  attributes: ViaProject['attributes']
  /** Position of each class by name. */
  positions: ReadonlyMap<string, number>
  embedded: EmbeddedPictures
  /** Of the pictures that were given before. */
  names: Set<string>
  left: LeftOut
}

function positionOf(region: Region, { attribute, attributes, positions }: Reading): number {
  if (attribute === null) return 1
  return positions.get(classOf(region, attribute, attributes)) ?? 0
}

function paintedRegions(
  regions: readonly Region[],
  size: Size,
  reading: Reading,
): { painted: PaintedShape[]; faults: string[] } {
  const painted: PaintedShape[] = []
  const faults: string[] = []
  for (const region of regions)
    try {
      const object = drawRegion(region.shape, positionOf(region, reading), size)
      painted.push({ object, group: null })
      for (const [name, value] of Object.entries(region.values))
        if (name !== reading.attribute && textsOf(value, reading.attributes.get(name)).length > 0)
          reading.left.add(`values of the region attribute ${JSON.stringify(name)}`)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      faults.push(`${region.place}: ${error.message}`)
    }
  return { painted, faults }
}

async function fileOf({ file, picture, name }: Entry, embedded: EmbeddedPictures) {
  if (file !== null || picture.embedded === null) return file
  return embedded.save(name, picture.embedded)
}

async function imageOf(entry: Entry, reading: Reading): Promise<(AnnotatedImage | SetProblem)[]> {
  const { picture, name, split } = entry
  const file = await fileOf(entry, reading.embedded)
  const pictured = file === null ? null : await pictureSize(file)
  const size = pictured ?? picture.size
  if (!size)
    throw new AppError(
      'bad-dataset',
      "the picture is not there; VIA's files say no sizes, so that it is needed",
    )
  const { painted, faults } = paintedRegions(picture.regions, size, reading)
  for (const attribute of picture.said)
    reading.left.add(`values of the file attribute ${JSON.stringify(attribute)}`)
  const unlike = pictured && picture.size ? sizeProblem(picture.size, pictured) : null
  const image: AnnotatedImage = {
    name,
    file,
    ...size,
    split,
    scene: null,
    annotated: picture.annotated ?? picture.regions.length > 0,
    ...paintedPicture(painted, size),
  }
  const problems = [...picture.faults, ...(unlike === null ? [] : [unlike]), ...faults]
  return [image, ...problems.map((why) => ({ file: name, why }))]
}

/** A picture, and what is wrong with it; only that where it cannot be taken. */
export async function readPicture(
  entry: Entry,
  reading: Reading,
): Promise<(AnnotatedImage | SetProblem)[]> {
  const { picture, name } = entry
  if (!picture.isUsable) return picture.faults.map((why) => ({ file: name, why }))
  if (reading.names.has(name)) return [{ file: name, why: 'is in the file a second time' }]
  reading.names.add(name)
  try {
    return await imageOf(entry, reading)
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'cancelled') throw error
    return [{ file: name, why: error.message }]
  }
}
