/**
 * @file What a drawn image set is: pictures with their truth, drawn by code, so that trainings can be
 * tried, tested and measured where no published set may be stored.
 */
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import type { SetClass, SetObject } from '../formats/annotated-set.ts'
import type { FormatName } from '../formats/formats.ts'
import type { Random } from '../sample/random.ts'

/** The sets, by the name that commands take. */
export const drawnSetNames = ['lungs', 'tanks', 'masks'] as const

export type DrawnSetName = (typeof drawnSetNames)[number]

export interface DrawnSetOptions {
  /** How many pictures; 60. */
  images?: number | undefined
  /** Width and height in pixels; 256. */
  size?: number | undefined
  /** The same seed gives the same pictures, whichever number of them; 1. */
  seed?: number | undefined
}

export interface DrawnPicture extends Size {
  /** `lung-007.png` */
  name: string
  /** RGB, `[height, width, 3]`; the three are equal where the set is grey. */
  pixels: Uint8ClampedArray<ArrayBuffer>
  /** What is there, by polygons whose drawing is the truth; a later one covers an earlier one. */
  objects: readonly SetObject[]
  /** The truth: the objects drawn one over the other, class indices. */
  mask: ClassMask
}

/** One kind of drawn set: an entry of the table. */
export interface DrawnSetKind {
  /** One line for people. */
  description: string
  /** Class 0 is the background. */
  classes: readonly SetClass[]
  /** The format in which it is written by default. */
  format: FormatName
  /** What names of pictures begin with. */
  prefix: string
  /** Draws one picture; all that is random in it comes from `random`. */
  draw(random: Random, size: number): Omit<DrawnPicture, 'name' | 'mask'>
}
