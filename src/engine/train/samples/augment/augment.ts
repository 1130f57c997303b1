/** @file From labelled frames to the samples that a network is trained with. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Augmentation } from '../../../../shared/train-settings.ts'
import { ignoredLabel, isSomebody, type TrainingSample } from '../../types.ts'
import type { Random } from '../random.ts'
import { changeColours } from './change-colours.ts'
import { drawMovement, movePicture } from './move-picture.ts'
import { movedThings } from './moved-things.ts'
import { type Cutout, cutoutOf, drawPlacement, paste } from './paste.ts'

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

/** A thing may lie any way round; people stand upright in most cameras. */
const halfTurn = 180

/**
 * Prepares the making of samples: background or frame, things and people of another frame pasted on,
 * then all of it moved, then its colours changed.
 */
export function sampleMaker(source: SampleSource, rule: Augmentation): SampleMaker {
  const { size, background, frames } = source
  const empty = background ? emptySample(background, frames) : null
  const pastings = rule.paste ? pastingsOf(frames, empty, rule.paste, size) : []
  return (index, random) => {
    const isEmpty = random.chance(rule.emptyShare)
    const chosen = (isEmpty ? empty : null) ?? frames[index]
    if (!chosen) throw new RangeError(`there is no labelled frame ${index} of ${frames.length}`)
    const picture = Float32Array.from(chosen.picture)
    const sample = { picture, mask: Uint8Array.from(chosen.mask) }
    for (const pasting of pastings) pasteDrawn(sample, pasting, size, random)
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
      if (isSomebody(frame.mask[pixel] ?? 0)) somebody++
    }
    if (somebody > doubtfulShare * frames.length) mask[pixel] = ignoredLabel
  }
  return { picture, mask }
}

type PasteRule = NonNullable<Augmentation['paste']>

/** Something that is pasted on a share of the samples. */
interface Pasting {
  cutouts: readonly Cutout[]
  rule: PasteRule
  share: number
  /** By how many degrees it may be turned. */
  turning: number
}

/** Things, and people in front of them. */
function pastingsOf(
  frames: readonly TrainingSample[],
  empty: TrainingSample | null,
  rule: PasteRule,
  size: Size,
): Pasting[] {
  const people = frames.map((frame) => cutoutOf(frame, size, 'front'))
  const things = empty && rule.things > 0 ? thingsOf(frames, empty, size) : []
  return [
    { cutouts: things, rule, share: rule.things, turning: halfTurn },
    { cutouts: people, rule, share: rule.share, turning: 0 },
  ]
}

/** What moved in each labelled frame, and is nobody. */
function thingsOf(frames: readonly TrainingSample[], empty: TrainingSample, size: Size): Cutout[] {
  const { picture: background, mask: doubtful } = empty
  const things = movedThings({ frames, background, doubtful, size })
  return frames
    .map(({ picture }, i) => {
      const mask = things[i] ?? new Uint8Array()
      return cutoutOf({ picture, mask }, size, 'behind people')
    })
    .filter(({ box }) => box !== null)
}

function pasteDrawn(
  sample: TrainingSample,
  { cutouts, rule, share, turning }: Pasting,
  size: Size,
  random: Random,
): void {
  if (cutouts.length === 0 || !random.chance(share)) return
  const cutout = cutouts[random.below(cutouts.length)]
  const placement = drawPlacement(rule, size, random, turning)
  const soft = random.chance(rule.soft)
  if (cutout) paste(sample, cutout, placement, size, soft)
}
