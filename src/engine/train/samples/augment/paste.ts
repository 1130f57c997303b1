/**
 * @file What was cut out of one labelled frame in the picture of another: people, and things that are
 * nobody. The camera does not move, so that whoever was cut out of a frame fits into every other, at
 * almost any place (Dwibedi et al. 2017, https://arxiv.org/abs/1708.01642; that edges are blended
 * sometimes and sometimes not keeps a network from learning the edges instead of the people).
 */
import type { Size } from '../../../../shared/recipe.ts'
import type { Augmentation } from '../../../../shared/train-settings.ts'
import { isSomebody, type TrainingSample } from '../../types.ts'
import type { Random } from '../random.ts'
import { type Affine, compose, invert, shift, stretch, turn } from './affine.ts'

type PasteRule = NonNullable<Augmentation['paste']>

/** A frame of which the pixels whose label is neither background nor ignored are cut out. */
export interface Cutout extends TrainingSample {
  /** People come to the front, of their own class; things stay behind people and are background. */
  layer: 'front' | 'behind people'
  /** The box around them; null where there are none. */
  box: { left: number; top: number; right: number; bottom: number } | null
}

/** Finds the box around what is cut out of a frame. */
export function cutoutOf(
  sample: TrainingSample,
  { width, height }: Size,
  layer: Cutout['layer'],
): Cutout {
  const box = { left: width, top: height, right: 0, bottom: 0 }
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      if (!isSomebody(sample.mask[y * width + x] ?? 0)) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x + 1)
      box.top = Math.min(box.top, y)
      box.bottom = y + 1
    }
  return { ...sample, layer, box: box.right > 0 ? box : null }
}

/**
 * How a cutout lies in the result, turned by up to `turning` degrees: from a pixel there to the place
 * in the cutout.
 */
export function drawPlacement(
  rule: PasteRule,
  { width, height }: Size,
  random: Random,
  turning: number,
): Affine {
  const magnified = random.between(...rule.scale)
  const mirrored = random.chance(0.5) ? -1 : 1
  const turned = turning === 0 ? [] : [turn(random.between(-turning, turning))]
  const right = Math.round(random.between(-1, 1) * rule.shift.x * width)
  const down = Math.round(random.between(-1, 1) * rule.shift.y * height)
  return [
    shift(-width / 2, -height / 2),
    ...turned,
    stretch(mirrored / magnified, 1 / magnified),
    shift(width / 2 - right, height / 2 - down),
  ].reduce(compose)
}

/** Four pixels around a place of the cutout and how much each counts. */
const corners = new Int32Array(4)
const weights = new Float64Array(4)

/** Finds the pixels around a place; beyond the rim its pixels repeat. */
function lookAt(x: number, y: number, { width, height }: Size): void {
  const column = Math.floor(x - 0.5)
  const row = Math.floor(y - 0.5)
  const right = x - 0.5 - column
  const low = y - 0.5 - row
  const left = Math.min(width - 1, Math.max(0, column))
  const next = Math.min(width - 1, Math.max(0, column + 1))
  const top = Math.min(height - 1, Math.max(0, row)) * width
  const bottom = Math.min(height - 1, Math.max(0, row + 1)) * width
  corners[0] = top + left
  corners[1] = top + next
  corners[2] = bottom + left
  corners[3] = bottom + next
  weights[0] = (1 - low) * (1 - right)
  weights[1] = (1 - low) * right
  weights[2] = low * (1 - right)
  weights[3] = low * right
}

/** How much of what was cut out is at the place looked at, 0 … 1, and of which class most of it is. */
function cutThere(mask: Uint8Array): { share: number; label: number } {
  let share = 0
  let label = 0
  let most = 0
  for (let i = 0; i < 4; i++) {
    const at = mask[corners[i] ?? 0] ?? 0
    const weight = weights[i] ?? 0
    if (!isSomebody(at)) continue
    share += weight
    if (weight <= most) continue
    most = weight
    label = at
  }
  return { share, label }
}

function valueThere(picture: ArrayLike<number>, channel: number): number {
  let sum = 0
  for (let i = 0; i < 4; i++)
    sum += (weights[i] ?? 0) * (picture[3 * (corners[i] ?? 0) + channel] ?? 0)
  return sum
}

/** The part of the result that a cutout can reach, in whole pixels. */
function reach({ box }: Cutout, placement: Affine, { width, height }: Size) {
  if (!box) return { left: 0, right: 0, top: 0, bottom: 0 }
  const back = invert(placement)
  // A pixel shows a cutout as soon as one of the four around its place does: one more on each side.
  const rim = [box.left - 1, box.right + 1].flatMap((x) =>
    [box.top - 1, box.bottom + 1].map((y) => [x, y] as const),
  )
  const xs = rim.map(([x, y]) => back.xx * x + back.xy * y + back.x0)
  const ys = rim.map(([x, y]) => back.yx * x + back.yy * y + back.y0)
  return {
    left: Math.max(0, Math.floor(Math.min(...xs))),
    right: Math.min(width, Math.ceil(Math.max(...xs))),
    top: Math.max(0, Math.floor(Math.min(...ys))),
    bottom: Math.min(height, Math.ceil(Math.max(...ys))),
  }
}

/**
 * Pastes a cutout into a sample, in place. With soft edges a pixel shows as much of it as is there,
 * with hard ones all or nothing; a pixel is labelled where more than half is the cutout.
 */
export function paste(
  target: TrainingSample,
  cutout: Cutout,
  placement: Affine,
  size: Size,
  soft: boolean,
): void {
  const { left, right, top, bottom } = reach(cutout, placement, size)
  const isBehind = cutout.layer === 'behind people'
  for (let y = top; y < bottom; y++)
    for (let x = left; x < right; x++) {
      const [column, row] = [x + 0.5, y + 0.5]
      lookAt(
        placement.xx * column + placement.xy * row + placement.x0,
        placement.yx * column + placement.yy * row + placement.y0,
        size,
      )
      const { share, label } = cutThere(cutout.mask)
      const shown = soft ? share : Number(share > 0.5)
      const pixel = y * size.width + x
      if (shown === 0 || (isBehind && target.mask[pixel] !== 0)) continue
      if (share > 0.5 && !isBehind) target.mask[pixel] = label
      for (let channel = 0; channel < 3; channel++) {
        const before = target.picture[3 * pixel + channel] ?? 0
        target.picture[3 * pixel + channel] =
          before + (valueThere(cutout.picture, channel) - before) * shown
      }
    }
}
