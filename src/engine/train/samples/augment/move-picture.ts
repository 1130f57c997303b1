/** @file Picture and mask moved together: mirrored, turned, magnified, shifted, cropped. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Augmentation } from '../../../../shared/train-settings.ts'
import { ignoredLabel, type TrainingSample } from '../../types.ts'
import type { Random } from '../random.ts'
import { type Affine, compose, shift, stretch, turn } from './affine.ts'

/** Steps about the centre of the picture, which is where both axes are 0. */
function turnsAndScales(rule: Augmentation, random: Random): Affine[] {
  const steps: Affine[] = []
  if (rule.scale) {
    const magnified = random.between(...rule.scale)
    steps.push(stretch(1 / magnified, 1 / magnified))
  }
  if (rule.rotation > 0) steps.push(turn(random.between(-rule.rotation, rule.rotation)))
  if (rule.flip) steps.push(stretch(random.chance(0.5) ? -1 : 1, 1))
  return steps
}

/** From a pixel of the result to the place in the sample, as drawn; null where nothing moves. */
export function drawMovement(
  rule: Augmentation,
  { width, height }: Size,
  random: Random,
): Affine | null {
  const steps: Affine[] = []
  if (rule.crop !== null) {
    const kept = random.between(rule.crop, 1)
    steps.push(stretch(kept, kept))
    steps.push(shift(random.next() * (1 - kept) * width, random.next() * (1 - kept) * height))
  }
  if (rule.shift) {
    const { x, y } = rule.shift
    steps.push(shift(random.between(-x, x) * width, random.between(-y, y) * height))
  }
  const centred = turnsAndScales(rule, random)
  if (centred.length > 0)
    steps.push(shift(-width / 2, -height / 2), ...centred, shift(width / 2, height / 2))
  return steps.length > 0 ? steps.reduce(compose) : null
}

/**
 * The sample as seen through `movement`: the picture bilinear, the mask nearest. What lies beyond the
 * sample shows its rim and is ignored.
 */
export function movePicture(sample: TrainingSample, movement: Affine, size: Size) {
  const { width, height } = size
  const picture = new Float32Array(3 * width * height)
  const mask = new Uint8Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const column = movement.xx * (x + 0.5) + movement.xy * (y + 0.5) + movement.x0
      const row = movement.yx * (x + 0.5) + movement.yy * (y + 0.5) + movement.y0
      const pixel = y * width + x
      mask[pixel] = labelAt(sample.mask, column, row, size)
      interpolate(sample.picture, column - 0.5, row - 0.5, size, picture, 3 * pixel)
    }
  return { picture, mask }
}

function labelAt(mask: Uint8Array, x: number, y: number, { width, height }: Size): number {
  if (x < 0 || y < 0 || x >= width || y >= height) return ignoredLabel
  return mask[Math.floor(y) * width + Math.floor(x)] ?? ignoredLabel
}

function interpolate(
  picture: ArrayLike<number>,
  x: number,
  y: number,
  { width, height }: Size,
  into: Float32Array,
  at: number,
): void {
  const column = Math.min(width - 1, Math.max(0, x))
  const row = Math.min(height - 1, Math.max(0, y))
  const left = Math.floor(column)
  const top = Math.floor(row)
  const right = column - left
  const low = row - top
  const a = 3 * (top * width + left)
  const b = left + 1 < width ? a + 3 : a
  const down = top + 1 < height ? 3 * width : 0
  for (let channel = 0; channel < 3; channel++) {
    const upper = (picture[a + channel] ?? 0) * (1 - right) + (picture[b + channel] ?? 0) * right
    const lower =
      (picture[a + down + channel] ?? 0) * (1 - right) + (picture[b + down + channel] ?? 0) * right
    into[at + channel] = upper * (1 - low) + lower * low
  }
}
