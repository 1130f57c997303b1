/** @file "CVAT for images 1.1": an `<image>` a picture. */
import { basename } from 'node:path'
import { z } from 'zod'
import { throwIfCancelled } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import { maximumSide, type Size } from '../../../shared/recipe.ts'
import type { AnnotatedImage, SetProblem } from '../annotated-set.ts'
import { LeftOut } from '../left-out.ts'
import { pictureSize, sizeProblem } from '../picture-size.ts'
import { problemOf } from '../problem-of.ts'
import { childrenOf, type XmlElement } from '../xml.ts'
import { rootChildren } from '../xml-parts.ts'
import { drawObjects, readImageShapes } from './read-objects.ts'
import { attributesBy, wholeText } from './shapes.ts'

export interface ReadContext {
  text: string
  /** What errors call the file of annotations. */
  file: string
  indexOf: ReadonlyMap<string, number>
  find(name: string, subset: string | null): Promise<string | null>
}

const side = wholeText.refine(
  (value) => value >= 1 && value <= maximumSide,
  `a number of 1 to ${maximumSide} was expected`,
)

const imageSchema = z.object({
  name: z.string().min(1),
  width: side,
  height: side,
  subset: z.string().min(1).optional(),
  task_id: z.string().optional(),
})

/** CVAT's name for pictures that belong to no subset, in exports of a whole project. */
const defaultSubset = 'default'

/** Names of pictures that occur in several subsets or tasks are told apart by these. */
export function uniqueNames(names: ReadonlyMap<string, number>): (image: XmlElement) => string {
  const given = new Map<string, number>()
  return ({ attributes: { name = '', subset, task_id } }) => {
    const isShared = (names.get(name) ?? 0) > 1
    const parts = isShared ? [subset ?? task_id ?? '', name].filter(Boolean) : [name]
    const wanted = parts.join('/')
    const again = given.get(wanted) ?? 0
    given.set(wanted, again + 1)
    return again === 0 ? wanted : `${again + 1}/${wanted}`
  }
}

/** Counts what CVAT says of the shapes of a picture beyond their label and pixels. */
function addRemarks({ children }: XmlElement, left: LeftOut): void {
  const attributes = children.flatMap((shape) => childrenOf(shape, 'attribute'))
  for (const { attributes: named, text } of attributes)
    if (text.trim() !== '') left.add(`values of the attribute ${JSON.stringify(named.name ?? '')}`)
  const isOccluded = ({ attributes: shape }: XmlElement) => shape.occluded === '1'
  left.add('shapes marked as "occluded"', children.filter(isOccluded).length)
}

/** Why the picture does not have this size; null when it does or is not there. */
async function wrongSize(file: string | null, size: Size): Promise<string | null> {
  return file === null ? null : sizeProblem(size, await pictureSize(file))
}

async function readImage(
  element: XmlElement,
  name: string,
  context: ReadContext,
): Promise<(AnnotatedImage | SetProblem)[]> {
  const { width, height, subset, ...attributes } = attributesBy(element, imageSchema)
  const file = await context.find(attributes.name, subset ?? null)
  const problem = await wrongSize(file, { width, height })
  if (problem !== null) return [{ file: name, why: problem }]
  const read = readImageShapes(element)
  const { problems, ...drawn } = drawObjects(read.shapes, { width, height }, context.indexOf)
  const split = subset === undefined || subset === defaultSubset ? null : subset
  return [
    ...[...read.problems, ...problems].map((why) => ({ file: name, why })),
    { name, file, width, height, split, scene: null, annotated: true, ...drawn },
  ]
}

/** The pictures of the file, in its order. */
export async function* readImages(
  context: ReadContext,
  names: ReadonlyMap<string, number>,
  { signal }: LongWork,
): AsyncGenerator<AnnotatedImage | SetProblem> {
  const nameOf = uniqueNames(names)
  const left = new LeftOut()
  for (const element of rootChildren(context.text, context.file)) {
    if (element.name !== 'image') continue
    throwIfCancelled(signal, 'reading the dataset')
    const name = nameOf(element) || `image ${element.attributes.id ?? 'without id'}`
    addRemarks(element, left)
    try {
      yield* await readImage(element, name, context)
    } catch (error) {
      yield { file: name, why: problemOf(error) }
    }
  }
  yield* left.problems(basename(context.file))
}
