/** @file From one size to another, by a filter or as a movement. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import { stretch } from '../../train/samples/augment/affine.ts'
import type { Step } from '../step.ts'
import { affineStage } from './stage.ts'

/** More than any camera gives; a long thin picture could otherwise fill the memory. */
const mostPixels = 2 ** 28

/** From one size to another: with a filter where a side becomes shorter, else as a movement. */
export function resizeSteps(from: Size, to: Size): Step[] {
  if (from.width === to.width && from.height === to.height) return []
  if (to.width * to.height > mostPixels)
    throw new AppError(
      'bad-value',
      `a picture of ${from.width}x${from.height} would become ${to.width}x${to.height}`,
      'Resize to fewer pixels, or take this picture out of the set.',
    )
  if (to.width < from.width || to.height < from.height) return [{ does: 'reduce', to }]
  const scale = stretch(from.width / to.width, from.height / to.height)
  return [{ does: 'move', stage: affineStage(from, to, scale) }]
}
