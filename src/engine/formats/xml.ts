/** @file XML files at the edge: text in, a tree of elements out, and back. The door of fast-xml-parser. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { AppError } from '../../shared/errors.ts'
import { decodeEntities } from './xml-entities.ts'

/** An element with what is in it, in the order of the file. */
export interface XmlElement {
  name: string
  /** Without a prototype, so that `attributes.constructor` is an attribute or undefined. */
  attributes: Readonly<Record<string, string>>
  children: readonly XmlElement[]
  /** The text directly in it, without the spaces around. */
  text: string
}

const hint = 'Export the file again from the tool that made it.'
const textKey = '#text'
const cdataKey = '#cdata'
const attributesKey = ':@'

/** Entities are left as they are: the parser's own table of them would be the file's to fill. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: textKey,
  cdataPropName: cdataKey,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

function damaged(file: string, why: string, cause?: unknown): AppError {
  return new AppError('bad-dataset', `${file}: ${why}`, hint, { cause })
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function attributesOf(value: unknown, file: string): Record<string, string> {
  const attributes: Record<string, string> = Object.create(null)
  if (!isRecord(value)) return attributes
  for (const [name, text] of Object.entries(value))
    attributes[name] = decodeEntities(String(text), file)
  return attributes
}

/** Text of a node of the parser that is not an element; null for an element. */
function nodeText(node: Record<string, unknown>, file: string): string | null {
  if (textKey in node) return decodeEntities(String(node[textKey]), file)
  if (!(cdataKey in node)) return null
  return listOf(node[cdataKey])
    .map((part) => (isRecord(part) ? String(part[textKey] ?? '') : ''))
    .join('')
}

function elementsOf(
  nodes: readonly unknown[],
  file: string,
): { children: XmlElement[]; text: string } {
  const children: XmlElement[] = []
  let text = ''
  for (const node of nodes) {
    if (!isRecord(node)) continue
    const own = nodeText(node, file)
    if (own !== null) text += own
    const entry = Object.entries(node).find(([key]) => key !== attributesKey)
    if (own !== null || !entry) continue
    const [name, inner] = entry
    const attributes = attributesOf(node[attributesKey], file)
    children.push({ name, attributes, ...elementsOf(listOf(inner), file) })
  }
  return { children, text: text.trim() }
}

/**
 * Parses XML; `file` is what errors call it. A document type is refused, for it can define entities
 * that grow or that read other files; the formats here have none.
 *
 * @returns its root element.
 * @throws AppError `bad-dataset` with line and column when it is not well-formed XML.
 */
export function parseXml(text: string, file: string): XmlElement {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (/<!DOCTYPE/i.test(source))
    throw damaged(file, 'it has a document type (<!DOCTYPE …>), which is refused')
  const checked = XMLValidator.validate(source)
  if (checked !== true) {
    const { line, col, msg } = checked.err
    throw damaged(file, `line ${line}, column ${col}: not well-formed XML: ${msg}`)
  }
  let nodes: unknown
  try {
    nodes = parser.parse(source)
  } catch (error) {
    throw damaged(
      file,
      `not readable as XML: ${error instanceof Error ? error.message : error}`,
      error,
    )
  }
  const { children } = elementsOf(listOf(nodes), file)
  const [root] = children
  if (!root || children.length > 1)
    throw damaged(file, `one root element was expected, found ${children.length}`)
  return root
}

/** The first child of this name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name)
}

/** All children of this name, in the order of the file. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name)
}

/** Text of the element that the names lead to; undefined where there is none. */
export function textAt(element: XmlElement, ...names: readonly string[]): string | undefined {
  return names.reduce<XmlElement | undefined>(
    (at, name) => (at ? childOf(at, name) : undefined),
    element,
  )?.text
}

/** Texts of the children that have none themselves, by name: what a schema can check. */
export function fieldsOf(element: XmlElement): Record<string, string> {
  const fields: Record<string, string> = Object.create(null)
  for (const { name, text, children } of element.children)
    if (children.length === 0) fields[name] ??= text
  return fields
}
