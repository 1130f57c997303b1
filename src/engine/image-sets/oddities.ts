/** @file What makes a picture of a set worth a look. */
import { existsSync } from 'node:fs'
import type { Oddity } from '../../shared/contract/datasets.ts'
import { backgroundIndex, ignoreIndex } from '../../shared/mask.ts'
import type { Project } from '../db/handle.ts'
import { pictureOf, type StoredImage } from '../db/image-sets.ts'
import type { ValuePixels } from './mask-facts.ts'

/** A class that covers more of a picture than this was likelier filled by mistake. */
const filledShare = 0.98

/** Fewer pixels of a class than this are likelier a slip of the brush. */
const speckPixels = 10

interface Looked {
  /** Null where nobody has annotated the picture. */
  facts: readonly ValuePixels[] | null
  area: number
  /** Indices that the project has a class for. */
  declared: ReadonlySet<number>
}

type Test = (looked: Looked & { facts: readonly ValuePixels[] }) => boolean

const isThing = ({ index }: ValuePixels): boolean =>
  index !== backgroundIndex && index !== ignoreIndex

const maskTests: readonly (readonly [Oddity, Test])[] = [
  ['empty', ({ facts }) => facts.every(({ index }) => index === backgroundIndex)],
  [
    'filled',
    ({ facts, area }) => facts.some((each) => isThing(each) && each.pixels > filledShare * area),
  ],
  ['specks', ({ facts }) => facts.some((each) => isThing(each) && each.pixels < speckPixels)],
  ['undeclared', ({ facts, declared }) => facts.some((each) => !declared.has(each.index))],
  ['ignored', ({ facts }) => facts.every(({ index }) => index === ignoreIndex)],
]

/** Whether the picture of an image is where the project says. */
export function hasPicture(project: Project, image: StoredImage): boolean {
  const file = pictureOf(project, image)
  return file !== null && existsSync(file)
}

/** In the order of the table; none = nothing of it is odd. */
export function odditiesOf(hasFile: boolean, { facts, ...looked }: Looked): Oddity[] {
  const inMask = facts
    ? maskTests.filter(([, test]) => test({ ...looked, facts })).map(([name]) => name)
    : []
  return hasFile ? inMask : [...inMask, 'no-picture']
}

/** Indices that masks of a project may hold. */
export function declaredIndices(classes: readonly { index: number }[]): Set<number> {
  return new Set([...classes.map(({ index }) => index), ignoreIndex])
}
