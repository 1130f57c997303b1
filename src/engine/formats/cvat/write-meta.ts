/** @file What an export for CVAT says of itself: its labels, and its tasks where it has subsets. */
import { backgroundIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import type { XmlContent } from '../xml-write.ts'

/** What is known when all pictures are written. */
export interface Summary {
  images: number
  /** Number of pictures of each. */
  splits: Map<string, number>
  /** Classes that objects have. */
  used: Set<number>
}

function labelContent({ name, colour }: SetClass): XmlContent {
  const parts: XmlContent[] = [{ name: 'name', text: name }]
  if (colour !== null) parts.push({ name: 'color', text: colour })
  parts.push({ name: 'type', text: 'any' }, { name: 'attributes', children: [] })
  return { name: 'label', children: parts }
}

/** `<labels>` */
export function labelList(labels: readonly SetClass[]): XmlContent {
  return { name: 'labels', children: labels.map(labelContent) }
}

/** The background is no label of CVAT, unless something is drawn with it. */
export function labelsOf(classes: readonly SetClass[], used: ReadonlySet<number>): SetClass[] {
  return classes.filter((_, index) => index !== backgroundIndex || used.has(index))
}

const text = (name: string, value: string | number): XmlContent => ({ name, text: value })

/** A task has no subsets; a project has, by its tasks. */
export function metaContent(labels: readonly SetClass[], { images, splits }: Summary): XmlContent {
  const list = labelList(labels)
  const task = (name: string, size: number, more: readonly XmlContent[]): XmlContent => ({
    name: 'task',
    children: [text('name', name), text('size', size), text('mode', 'annotation'), ...more],
  })
  const names = [...splits.keys()].sort()
  const tasks = names.map((name) => task(name, splits.get(name) ?? 0, [text('subset', name)]))
  const project: XmlContent = {
    name: 'project',
    children: [
      text('name', 'maskbench'),
      list,
      text('subsets', names.join('\n')),
      { name: 'tasks', children: tasks },
    ],
  }
  const whole = task('maskbench', images, [text('overlap', 0), list])
  return { name: 'meta', children: [names.length > 0 ? project : whole] }
}

/** For the label constructor of CVAT. */
export function labelsJson(labels: readonly SetClass[]): string {
  const entries = labels.map(({ name, colour }) => ({
    name,
    ...(colour === null ? {} : { color: colour }),
    type: 'any',
    attributes: [],
  }))
  return `${JSON.stringify(entries, null, 2)}\n`
}
