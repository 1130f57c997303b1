/** @file The shapes of an `<image>` or of a frame as objects, and what of them cannot be taken. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage } from '../annotated-set.ts'
import { paintedPicture } from '../painted-shapes.ts'
import { problemOf } from '../problem-of.ts'
import { objectOf } from '../shapes/compose.ts'
import type { XmlElement } from '../xml.ts'
import { drawShape } from './draw.ts'
import { type CvatShape, isAreaType, pointTypes, readShape } from './shapes.ts'

/** A shape with its label; `track` as in `SetObject`. */
export interface LabelledShape {
  shape: CvatShape
  label: string
  track: number | null
}

export interface ReadShapes {
  shapes: LabelledShape[]
  /** One sentence each. */
  problems: string[]
}

function missingLabel(name: string): AppError {
  return new AppError('bad-dataset', `<${name}> has no label`, 'Give it one in CVAT.')
}

/** `2 <points>, 1 <tag>`. */
function listCounts(names: readonly string[]): string {
  const kinds = [...new Set(names)]
  return kinds.map((kind) => `${names.filter((name) => name === kind).length} <${kind}>`).join(', ')
}

/** The shapes of an `<image>` that cover pixels. */
export function readImageShapes(image: XmlElement): ReadShapes {
  const shapes: LabelledShape[] = []
  const problems: string[] = []
  const without = image.children.map(({ name }) => name).filter((name) => pointTypes.has(name))
  if (without.length > 0)
    problems.push(`${listCounts(without)} left out: they mark no pixels, only places`)
  for (const element of image.children) {
    if (!isAreaType(element.name)) continue
    try {
      const label = element.attributes.label
      if (!label) throw missingLabel(element.name)
      shapes.push({ shape: readShape(element, element.name), label, track: null })
    } catch (error) {
      problems.push(problemOf(error))
    }
  }
  return { shapes, problems }
}

/**
 * Shapes as objects, in the order in which they cover each other: by z order, then as in the file. Where
 * a label is called background, the mask tells what it covers.
 */
export function drawObjects(
  shapes: readonly LabelledShape[],
  size: Size,
  indexOf: ReadonlyMap<string, number>,
): Pick<AnnotatedImage, 'objects' | 'mask'> & { problems: string[] } {
  const problems: string[] = []
  const ordered = shapes.toSorted((a, b) => a.shape.zOrder - b.shape.zOrder)
  const objects = ordered.flatMap(({ shape, label, track }) => {
    try {
      const { raster, ...drawn } = drawShape(shape, size)
      if (raster.data.length === 0) {
        problems.push(`<${shape.type}> of '${label}' left out: it covers no pixel of the picture`)
        return []
      }
      return [objectOf(indexOf.get(label) ?? 0, raster, { ...drawn, track })]
    } catch (error) {
      problems.push(`<${shape.type}> of '${label}' left out: ${problemOf(error)}`)
      return []
    }
  })
  const painted = objects.map((object) => ({ object, group: null }))
  return { ...paintedPicture(painted, size), problems }
}
