/** @file From labelled frames to the samples that a network is trained with. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Augmentation } from '../../../../shared/train-settings.ts'
import { ignoredLabel, type TrainingSample } from '../../types.ts'
import type { Random } from '../random.ts'
import { changeColours } from './change-colours.ts'
import { drawMovement, movePicture } from './move-picture.ts'
import { type Cutout, cutoutOf, drawPlacement, pastePeople } from './paste-people.ts'

/** What samples are made of. */
export interface SampleSource {
  /** The labelled frames. */
  frames: readonly TrainingSample[]
  /** `[height, width, 3]`: the scene with nobody in it; without one there are no empty samples. */
  background: Uint8Array | null
  /** Of pictures and masks. */
  size: Size
}

/** A sample whose picture can be changed. */
export interface AugmentedSample extends TrainingSample {
  picture: Float32Array
}

/** Makes a sample from the labelled frame of this number; equal draws make equal samples. */
export type SampleMaker = (frame: number, random: Random) => AugmentedSample

/**
 * Pixels that are somebody in more than this share of the labels may be so in the background too:
 * somebody who never leaves outvotes the median.
 */
const doubtfulShare = 0.3

/**
 * Prepares the making of samples: background or frame, people of another frame pasted on, then all of
 * it moved, then its colours changed.
 */
export function sampleMaker(source: SampleSource, rule: Augmentation): SampleMaker {
  const { size, background, frames } = source
  const cutouts = rule.paste ? frames.map((frame) => cutoutOf(frame, size)) : []
  const empty = background && rule.emptyShare > 0 ? emptySample(background, frames) : null
  return (index, random) => {
    const isEmpty = random.chance(rule.emptyShare)
    const chosen = (isEmpty ? empty : null) ?? frames[index]
    if (!chosen) throw new RangeError(`there is no labelled frame ${index} of ${frames.length}`)
    const picture = Float32Array.from(chosen.picture)
    const sample = { picture, mask: Uint8Array.from(chosen.mask) }
    if (rule.paste) pasteDrawn(sample, cutouts, rule.paste, size, random)
    const movement = drawMovement(rule, size, random)
    const moved = movement ? movePicture(sample, movement, size) : sample
    changeColours(moved.picture, rule, size, random)
    return moved
  }
}

/** The background with nobody in it, as a sample. */
function emptySample(picture: Uint8Array, frames: readonly TrainingSample[]): TrainingSample {
  const mask = new Uint8Array(picture.length / 3)
  for (let pixel = 0; pixel < mask.length; pixel++) {
    let somebody = 0
    for (const frame of frames) {
      const label = frame.mask[pixel] ?? 0
      if (label !== 0 && label !== ignoredLabel) somebody++
    }
    if (somebody > doubtfulShare * frames.length) mask[pixel] = ignoredLabel
  }
  return { picture, mask }
}

function pasteDrawn(
  sample: TrainingSample,
  cutouts: readonly Cutout[],
  rule: NonNullable<Augmentation['paste']>,
  size: Size,
  random: Random,
): void {
  if (!random.chance(rule.share)) return
  const cutout = cutouts[random.below(cutouts.length)]
  const placement = drawPlacement(rule, size, random)
  const soft = random.chance(rule.soft)
  if (cutout) pastePeople(sample, cutout, placement, size, soft)
}
