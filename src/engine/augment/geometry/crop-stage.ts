/** @file A part of a picture as a movement. */
import type { Size } from '../../../shared/recipe.ts'
import { shift } from '../../train/samples/augment/affine.ts'
import { affineStage, type Border, type Stage } from './stage.ts'

/** The part of this size whose first pixel is (x, y); it may reach beyond the picture. */
export function cropStage(from: Size, to: Size, place: [number, number], border?: Border): Stage {
  return affineStage(from, to, shift(...place), border)
}

/** The place of a part in the middle of the picture; of two equal ones the first. */
export function centrePlace(from: Size, to: Size): [number, number] {
  return [Math.floor((from.width - to.width) / 2), Math.floor((from.height - to.height) / 2)]
}
