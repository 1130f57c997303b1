/** @file Masks: one class index a pixel, in the project's classes. */
import { z } from 'zod'
import type { Size } from './recipe.ts'

/** The value of pixels that are neither trained on nor scored. */
export const ignoreIndex = 255
/** The highest index a class can have. */
export const maximumClassIndex = 254
export const backgroundIndex = 0
export const personIndex = 1

/** A class of the project; its index is what masks hold. */
export const maskClassSchema = z.strictObject({
  index: z.int().min(0).max(maximumClassIndex),
  name: z.string().trim().min(1).max(200),
  colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
})

export type MaskClass = z.infer<typeof maskClassSchema>

/** The classes of a new project. */
export const defaultClasses: readonly MaskClass[] = [
  { index: backgroundIndex, name: 'background', colour: '#000000' },
  { index: personIndex, name: 'person', colour: '#e69f00' },
]

/** A mask in memory: `data` is `[height, width]` class indices, 255 = ignore. */
export interface ClassMask extends Size {
  data: Uint8Array
}

/** The class that counts as a person: the one of that name, otherwise index 1. */
export function personIndexOf(classes: readonly MaskClass[]): number {
  return classes.find(({ name }) => name === 'person')?.index ?? personIndex
}
