/** @file The labels of a CVAT task or project as classes. */
import type { SetClass } from '../annotated-set.ts'
import { childOf, childrenOf, textAt, type XmlElement } from '../xml.ts'

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
