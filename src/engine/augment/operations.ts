/** @file What draws each operation of a pipeline, by kind. */
import type { AugmentationOperation } from '../../shared/augmentation.ts'
import type { OperationKind, Operations } from '../../shared/augmentation-operations.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Random } from '../train/samples/random.ts'
import { clahe } from './colour/clahe.ts'
import { equalise } from './colour/equalise.ts'
import { hueSaturation } from './colour/hue-saturation.ts'
import { noise } from './colour/noise.ts'
import { brightness, contrast, gamma } from './colour/tables.ts'
import { cutout } from './cutout.ts'
import { gaussianBlur } from './filter/blur.ts'
import { jpeg } from './filter/jpeg.ts'
import { sharpen } from './filter/sharpen.ts'
import { affine } from './geometry/affine.ts'
import { crop, cropResize } from './geometry/crop.ts'
import { flipLeftRight, flipUpDown } from './geometry/flip.ts'
import { gridDistortion } from './geometry/grid.ts'
import { padMultiple, resize, resizeSide } from './geometry/resize.ts'
import type { Draw, DrawnOperation } from './step.ts'

const operations: { readonly [Kind in OperationKind]: Draw<Operations[Kind]> } = {
  'flip-left-right': flipLeftRight,
  'flip-up-down': flipUpDown,
  affine,
  crop,
  'crop-resize': cropResize,
  resize,
  'resize-side': resizeSide,
  'pad-multiple': padMultiple,
  'grid-distortion': gridDistortion,
  brightness,
  contrast,
  'hue-saturation': hueSaturation,
  gamma,
  noise,
  clahe,
  equalise,
  sharpen,
  'gaussian-blur': gaussianBlur,
  jpeg,
  cutout,
}

/** Settings whose kind and parameters belong together. */
type SettingsOf<Kind extends OperationKind> = {
  [K in Kind]: { kind: K } & Operations[K]
}[Kind]

function drawKind<Kind extends OperationKind>(
  settings: SettingsOf<Kind>,
  random: Random,
  size: Size,
): DrawnOperation {
  const draw: Draw<SettingsOf<Kind>> = operations[settings.kind]
  return draw(settings, random, size)
}

/** Draws the values of an operation for a sample of this size. */
export function drawOperation(
  operation: AugmentationOperation,
  random: Random,
  size: Size,
): DrawnOperation {
  return drawKind(operation, random, size)
}
