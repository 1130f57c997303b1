/** @file What a CVAT file has, before its pictures are read one at a time. */
import type { SetClass } from '../annotated-set.ts'
import { classesOf } from '../named-classes.ts'
import type { XmlElement } from '../xml.ts'
import { rootChildren } from '../xml-parts.ts'
import { declaredClasses } from './labels.ts'
import { isAreaType } from './shapes.ts'

export interface Survey {
  meta: XmlElement | undefined
  classes: SetClass[]
  /** How often each name of a picture occurs; empty for a video. */
  names: ReadonlyMap<string, number>
  /** Elements `<image>`. */
  images: number
  /** Elements `<track>`. */
  tracks: number
}

/** Labels of shapes that cover pixels. */
function labelsIn(element: XmlElement): string[] {
  if (element.name === 'track') return element.attributes.label ? [element.attributes.label] : []
  return element.children.flatMap(({ name, attributes }) =>
    isAreaType(name) && attributes.label ? [attributes.label] : [],
  )
}

/**
 * Goes through a file once.
 *
 * @throws AppError `bad-dataset` when it is not well-formed or has too many labels
 */
export function survey(text: string, file: string): Survey {
  let meta: XmlElement | undefined
  const used = new Set<string>()
  const names = new Map<string, number>()
  const counts = { image: 0, track: 0 }
  for (const element of rootChildren(text, file)) {
    if (element.name === 'meta') meta = element
    if (element.name !== 'image' && element.name !== 'track') continue
    counts[element.name]++
    for (const label of labelsIn(element)) used.add(label)
    const name = element.attributes.name
    if (name) names.set(name, (names.get(name) ?? 0) + 1)
  }
  const classes = classesOf(declaredClasses(meta), used)
  return { meta, classes, names, images: counts.image, tracks: counts.track }
}
