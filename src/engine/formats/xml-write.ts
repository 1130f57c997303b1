/** @file Elements as XML text, indented, the same bytes for the same elements. */
import { encodeEntities } from './xml-entities.ts'

/** An element to write: either children or a text is in it. */
export interface XmlContent {
  name: string
  attributes?: Readonly<Record<string, string | number>>
  children?: readonly XmlContent[]
  text?: string | number
}

/** The first line of an XML file. */
export const xmlDeclaration = '<?xml version="1.0" encoding="utf-8"?>\n'

/** `<name a="1">`, without what is in it. */
export function openingTag({ name, attributes = {} }: XmlContent): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${encodeEntities(String(value))}"`,
  )
  return `<${name}${written.join('')}>`
}

/** An element with its lines indented by two spaces a level; ends with a line break. */
export function writeElement(element: XmlContent, level = 0): string {
  const indent = '  '.repeat(level)
  const close = `</${element.name}>\n`
  if (!element.children)
    return `${indent}${openingTag(element)}${encodeEntities(String(element.text ?? ''))}${close}`
  const inner = element.children.map((child) => writeElement(child, level + 1)).join('')
  return `${indent}${openingTag(element)}\n${inner}${indent}${close}`
}

/** A whole file with this root. */
export function writeXml(root: XmlContent): string {
  return xmlDeclaration + writeElement(root)
}
