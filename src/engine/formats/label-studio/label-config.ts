/**
 * @file The labelling configuration of a Label Studio project: which labels there are, and their
 * colours. Exports come without it; ours has it beside, to be pasted into a project's settings.
 */
import type { SetClass } from '../annotated-set.ts'
import { parseXml, type XmlElement } from '../xml.ts'
import { writeElement, type XmlContent } from '../xml-write.ts'

export const configName = 'label_config.xml'

/** Controls with labels that regions are marked with. */
const controls: readonly [tag: string, name: string][] = [
  ['BrushLabels', 'brush'],
  ['PolygonLabels', 'polygon'],
  ['RectangleLabels', 'rectangle'],
]

/** Name of the control that writes results of a kind, and of the picture. */
export const imageName = 'image'

const hexColour = /^#[\da-f]{6}$/i

function labelsIn(element: XmlElement): SetClass[] {
  if (element.name !== 'Label') return element.children.flatMap(labelsIn)
  const { value, background = '' } = element.attributes
  if (!value) return []
  const colour = hexColour.test(background) ? background.toLowerCase() : null
  return [{ name: value, colour, parent: null }]
}

/** The labels of a configuration, each once. Throws `bad-dataset` when it is not XML. */
export function configuredClasses(text: string, file: string): SetClass[] {
  const classes = new Map<string, SetClass>()
  for (const label of labelsIn(parseXml(text, file)))
    if (!classes.has(label.name)) classes.set(label.name, label)
  return [...classes.values()]
}

/** A configuration with these labels for brush, polygon and rectangle. */
export function writeConfig(classes: readonly SetClass[]): string {
  const labels: XmlContent[] = classes.map(({ name, colour }) => ({
    name: 'Label',
    attributes: { value: name, ...(colour === null ? {} : { background: colour }) },
  }))
  const image = { name: imageName, value: `$${imageName}`, zoom: 'true' }
  return writeElement({
    name: 'View',
    children: [
      { name: 'Image', attributes: image },
      ...controls.map(([tag, name]) => ({
        name: tag,
        attributes: { name, toName: imageName },
        children: labels,
      })),
    ],
  })
}
