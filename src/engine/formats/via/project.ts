/** @file A VIA file of any version in one form. */
import type { Size } from '../../../shared/recipe.ts'

/** What people can say of a region. */
export interface Attribute {
  name: string
  /** Text of each option by its id; null where people type. */
  options: ReadonlyMap<string, string> | null
  /** Whether one of the options is chosen, not several. */
  isChoice: boolean
}

export interface Region {
  /** What errors call it. */
  place: string
  /** As VIA 2 has it: `{name: 'rect', x, …}`. */
  shape: Readonly<Record<string, unknown>>
  /** What is said of it, by the attribute's name: texts, option ids, or `{id: true}`. */
  values: Readonly<Record<string, unknown>>
}

export interface Picture {
  /** As the file names it: a name, a path or an address. */
  filename: string
  /** Where it may lie, relative to the file. */
  paths: readonly string[]
  /** The picture itself, where it is within the file. */
  embedded: Uint8Array | null
  /** Its size, where something says it; VIA itself does not. */
  size: Size | null
  /** Whether somebody has annotated it; null where only its regions tell. */
  annotated: boolean | null
  /** Names of the attributes that say something of it beyond that. */
  said: readonly string[]
  regions: readonly Region[]
  /** Why regions, or the whole picture, cannot be read. */
  faults: readonly string[]
  isUsable: boolean
}

export interface ViaProject {
  attributes: ReadonlyMap<string, Attribute>
  pictures: readonly Picture[]
}

/** The file attribute that tells an annotated picture in which nothing is from a new one. */
export const annotatedAttribute = 'annotated'

/** Attributes of a picture that are taken. */
const takenAttributes = new Set([annotatedAttribute, 'width', 'height'])

/** Names of the attributes of a picture that have a value, but for those that are taken. */
export function otherAttributes(said: Readonly<Record<string, unknown>>): string[] {
  const isEmpty = (value: unknown) =>
    value === null || value === undefined || value === '' || JSON.stringify(value) === '{}'
  return Object.keys(said).filter((name) => !takenAttributes.has(name) && !isEmpty(said[name]))
}

/** Options as texts: what an id stands for, or the id itself where that is empty. */
export function optionTexts(
  options: Readonly<Record<string, unknown>> | undefined,
): Map<string, string> {
  return new Map(
    Object.entries(options ?? {}).map(([id, text]) => [
      id,
      typeof text === 'string' && text.trim() !== '' ? text.trim() : id,
    ]),
  )
}

/** Width and height among what is said of a file, as imports from COCO leave them. */
export function notedSize(said: Readonly<Record<string, unknown>>): Size | null {
  const [width, height] = [Number(said.width), Number(said.height)]
  const isSide = (side: number) => Number.isInteger(side) && side > 0
  return isSide(width) && isSide(height) ? { width, height } : null
}
