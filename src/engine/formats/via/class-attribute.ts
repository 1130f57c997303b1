/** @file Which of the attributes of regions names their class, and what it says. */
import { AppError } from '../../../shared/errors.ts'
import type { Attribute, Region, ViaProject } from './project.ts'

/** What people call the attribute that names the class, as a rule. */
const usualNames = new Set([
  'class',
  'classname',
  'label',
  'category',
  'type',
  'object',
  'objectname',
  'objectclass',
  'name',
])
/** Those that say nothing else; a name or a type may be something else of the thing. */
const surestNames = new Set(['class', 'classname', 'label', 'category', 'objectclass'])

/** How many values of an attribute an error lists. */
const listedValues = 4

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '')

/** The texts that a region's value of an attribute stands for: none, one, or several. */
export function textsOf(value: unknown, attribute: Attribute | undefined): string[] {
  const text = (id: string) => attribute?.options?.get(id) ?? id.trim()
  if (typeof value === 'number') return [text(String(value))]
  if (typeof value === 'string') return value.trim() === '' ? [] : [text(value)]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([id, isChosen]) => (isChosen === true ? [text(id)] : []))
}

/** The texts that each attribute has in any region. */
function usage({ attributes, pictures }: ViaProject): Map<string, Set<string>> {
  const used = new Map<string, Set<string>>()
  for (const { regions } of pictures)
    for (const { values } of regions)
      for (const [name, value] of Object.entries(values)) {
        const texts = textsOf(value, attributes.get(name))
        if (name === '' || texts.length === 0) continue
        const known = used.get(name) ?? new Set()
        used.set(name, known)
        for (const text of texts) known.add(text)
      }
  return used
}

function listed([name, texts]: [string, ReadonlySet<string>]): string {
  const some = [...texts].slice(0, listedValues).map((text) => JSON.stringify(text))
  return `${JSON.stringify(name)} (${some.join(', ')}${texts.size > listedValues ? ', …' : ''})`
}

/** `class=NAME` among what the user maps. */
function askedFor(map: readonly string[]): string | undefined {
  const [, name] = map.map((text) => /^\s*class\s*=(.*)$/.exec(text)).find((match) => match) ?? []
  return name?.trim()
}

/**
 * The name of the attribute that names the class; null where regions have none at all, and are all of
 * one class. It is the one that the user names (`--map class=NAME`), the only one that is used, the only
 * one with a usual name, or the only one for which one of several options is chosen.
 * @throws AppError `bad-dataset` that lists the candidates
 */
export function classAttribute(project: ViaProject, map: readonly string[]): string | null {
  const used = usage(project)
  const asked = askedFor(map)
  const candidates = [...used].map(listed).join(', ')
  if (asked !== undefined && !used.has(asked))
    throw new AppError(
      'bad-dataset',
      `no region has a value of the attribute ${JSON.stringify(asked)}; they have ${candidates || 'none'}`,
      'Name one of these with --map class=NAME.',
    )
  const names = [...used.keys()]
  const isChoice = (name: string) => project.attributes.get(name)?.isChoice ?? false
  const rules = [
    (name: string) => name === asked,
    () => true,
    (name: string) => surestNames.has(plain(name)),
    (name: string) => usualNames.has(plain(name)),
    isChoice,
  ]
  for (const rule of rules) {
    const [only, ...others] = names.filter(rule)
    if (only !== undefined && others.length === 0) return only
  }
  if (names.length === 0) return null
  throw new AppError(
    'bad-dataset',
    `which attribute names the class of a region is not clear: ${candidates}`,
    'Say which with --map class=NAME.',
  )
}

/**
 * The class that a region's attribute names.
 * @throws AppError `bad-dataset` when it names none, or several
 */
export function classOf(
  region: Region,
  name: string,
  attributes: ViaProject['attributes'],
): string {
  const texts = textsOf(region.values[name], attributes.get(name))
  const [only, ...others] = texts
  if (only !== undefined && others.length === 0) return only
  throw new AppError(
    'bad-dataset',
    only === undefined
      ? `has no value of ${JSON.stringify(name)}, which names the class`
      : `has several values of ${JSON.stringify(name)}: ${texts.join(', ')}; one was expected`,
  )
}

/** Names of classes: the options of the attribute in their order, then other texts by the alphabet. */
export function classNames(project: ViaProject, name: string | null): string[] {
  if (name === null) return ['object']
  const options = project.attributes.get(name)?.options?.values() ?? []
  const others = [...(usage(project).get(name) ?? [])].sort()
  return [...new Set([...options, ...others])]
}
