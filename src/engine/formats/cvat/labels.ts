/** @file The labels of a CVAT task or project as classes. */
import { AppError } from '../../../shared/errors.ts'
import { backgroundIndex, maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import { childOf, childrenOf, textAt, type XmlElement } from '../xml.ts'

const backgroundName = 'background'

/** Skeletons consist of points, which cover no pixels; neither they nor their points are classes. */
function isSkeletonPart(label: XmlElement): boolean {
  return textAt(label, 'type') === 'skeleton' || Boolean(textAt(label, 'parent'))
}

const hexColour = /^#[\da-f]{6}$/i

function classOf(label: XmlElement): SetClass[] {
  const name = textAt(label, 'name')
  const colour = textAt(label, 'color') ?? ''
  if (!name || isSkeletonPart(label)) return []
  return [{ name, colour: hexColour.test(colour) ? colour.toLowerCase() : null, parent: null }]
}

/** `<task>`, `<job>` or `<project>`: what was exported. */
export function exportedPart(meta: XmlElement | undefined): XmlElement | undefined {
  return meta?.children.find(({ name }) => ['task', 'job', 'project'].includes(name))
}

/** The classes that `<meta>` declares, in its order. */
export function declaredClasses(meta: XmlElement | undefined): SetClass[] {
  const part = exportedPart(meta)
  const labels = part && childOf(part, 'labels')
  return labels ? childrenOf(labels, 'label').flatMap(classOf) : []
}

/**
 * Classes as masks number them: the background first, which CVAT does not have unless somebody made a
 * label of that name; then the declared ones and those that only occur in pictures.
 *
 * @throws AppError `bad-dataset` for more than a mask can hold
 */
export function classesOf(declared: readonly SetClass[], used: Iterable<string>): SetClass[] {
  const classes = new Map<string, SetClass>([
    [backgroundName, { name: backgroundName, colour: null, parent: null }],
  ])
  for (const label of declared) classes.set(label.name, label)
  for (const name of used)
    if (!classes.has(name)) classes.set(name, { name, colour: null, parent: null })
  if (classes.size > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `${classes.size - 1} labels; a mask can hold ${maximumClassIndex}`,
      'Divide the labels into several sets.',
    )
  return [...classes.values()]
}

/** Label → class index; 'background' is the background. */
export function classIndices(classes: readonly SetClass[]): ReadonlyMap<string, number> {
  return new Map(classes.map(({ name }, index) => [name, index + backgroundIndex]))
}
