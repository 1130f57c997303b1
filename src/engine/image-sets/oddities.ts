/** @file What makes a picture of a set worth a look. */
import { backgroundIndex, ignoreIndex } from '../../shared/mask.ts'
import { type Oddity, oddities } from '../../shared/oddities.ts'
import type { ValuePixels } from '../../shared/value-pixels.ts'
import type { CountedImage } from '../db/counted-images.ts'

/** A class that covers more of a picture than this was likelier filled by mistake. */
const filledShare = 0.98

/** Fewer pixels of a class than this are likelier a slip of the brush. */
const speckPixels = 10

interface Looked {
  image: CountedImage
  /** What is in its mask; none where it has no mask. */
  values: readonly ValuePixels[]
  /** Indices that masks of the project may hold. */
  declared: ReadonlySet<number>
  /** Whether the picture is where the project says. */
  hasPicture: boolean
}

/** Whether a class has pixels of the picture: neither background nor "ignore". */
export const isThing = ({ index }: Pick<ValuePixels, 'index'>): boolean =>
  index !== backgroundIndex && index !== ignoreIndex

const tests: Readonly<Record<Oddity, (looked: Looked) => boolean>> = {
  empty: ({ image, values }) =>
    image.label !== null && values.every(({ index }) => index === backgroundIndex),
  filled: ({ image, values }) =>
    values.some((each) => isThing(each) && each.pixels > filledShare * image.width * image.height),
  specks: ({ values }) => values.some((each) => isThing(each) && each.pixels < speckPixels),
  undeclared: ({ values, declared }) => values.some(({ index }) => !declared.has(index)),
  ignored: ({ image, values }) =>
    image.label !== null && values.every(({ index }) => index === ignoreIndex),
  'other-size': ({ image: { label, width, height } }) =>
    label !== null && (label.width !== width || label.height !== height),
  'no-picture': ({ hasPicture }) => !hasPicture,
}

/** In the order of the table; none = nothing of it is odd. */
export function odditiesOf(looked: Looked): Oddity[] {
  return oddities.filter((name) => tests[name](looked))
}

/** Indices that masks of a project may hold. */
export function declaredIndices(classes: readonly { index: number }[]): Set<number> {
  return new Set([...classes.map(({ index }) => index), ignoreIndex])
}
