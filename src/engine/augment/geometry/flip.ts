/** @file Mirroring. */
import { compose, shift, stretch } from '../../train/samples/augment/affine.ts'
import type { Draw } from '../step.ts'
import { affineStage } from './stage.ts'

/** From left to right. */
export const flipLeftRight: Draw<unknown> = (_settings, _random, size) => {
  const affine = compose(stretch(-1, 1), shift(size.width, 0))
  return { values: {}, steps: [{ does: 'move', stage: affineStage(size, size, affine) }] }
}

/** Upside down. */
export const flipUpDown: Draw<unknown> = (_settings, _random, size) => {
  const affine = compose(stretch(1, -1), shift(0, size.height))
  return { values: {}, steps: [{ does: 'move', stage: affineStage(size, size, affine) }] }
}
