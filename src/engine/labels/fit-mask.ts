/** @file Brings a mask from its file to the project's picture. */
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import type { MaskFile } from '../formats/mask-file.ts'

/** The sizes a mask can have, and the way from the tape to the recipe. */
export interface MaskGeometry {
  tape: Size
  recipe: Size
  /** Of the recipe; our own marker says whether a mask is already in its pixels. */
  geometryHash: string
  /** Sends a mask of the tape's size through the recipe, nearest neighbour. */
  throughRecipe(mask: ClassMask): ClassMask
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height

const sizeText = ({ width, height }: Size): string => `${width}x${height}`

/**
 * A mask in recipe pixels: one of the tape's size goes through the recipe, one of the recipe's size
 * is taken as it is. Where both sizes are the same, it goes through the recipe, unless our own
 * marker says that it is in the recipe's pixels.
 *
 * @throws AppError `mask-size-differs` that names the three sizes; `other-geometry` when our own
 * marker says that it was made with another recipe.
 */
export function fitMask(
  { mask, marker }: MaskFile,
  geometry: MaskGeometry,
  name: string,
): ClassMask {
  const { tape, recipe, geometryHash, throughRecipe } = geometry
  const madeWith = marker?.geometry ?? null
  if (madeWith !== null && madeWith !== geometryHash)
    throw new AppError(
      'other-geometry',
      `${name} was exported with another recipe than the project has now`,
      'Export the masks again, or give the project the recipe they were made with.',
    )
  const isInRecipePixels = madeWith !== null
  if (!isInRecipePixels && sameSize(mask, tape)) return throughRecipe(mask)
  if (sameSize(mask, recipe)) return mask
  throw new AppError(
    'mask-size-differs',
    `${name} is ${sizeText(mask)}; the tape is ${sizeText(tape)} and the recipe's picture ${sizeText(recipe)}`,
    'A mask has the size of the tape or that of the picture.',
  )
}
