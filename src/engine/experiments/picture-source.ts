/** @file Pictures of image sets with their masks, as a network's samples. */
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { augment } from '../augment/augment.ts'
import type { Sample } from '../augment/sample.ts'
import { loadImage } from '../media/image-file.ts'
import { drawsFor } from '../train/samples/draws.ts'
import type { MaskFile } from './mask-file.ts'
import type { StagePicture, StageRequest } from './types.ts'

/** Decoded pictures that are kept take so many bytes at most. */
export const mostDecoded = 512 * 2 ** 20

export interface SizedSample extends Size {
  picture: Uint8Array
  mask: Uint8Array
}

/** A picture as it came, with channels of the network for classes. */
export interface PictureSource {
  /** Throws `tape-unreadable` for a picture, `mask-size-differs` where it is of another size. */
  read(at: number): Promise<Sample>
}

/** Reads pictures, and keeps those that fit into the memory. */
export function pictureSource(
  pictures: readonly StagePicture[],
  masks: MaskFile,
  channels: readonly number[],
): PictureSource {
  const kept = new Map<number, Sample>()
  let room = mostDecoded
  const decode = async (picture: StagePicture): Promise<Sample> => {
    const { width, height, data } = (await loadImage(picture.path)).image
    if (width !== picture.width || height !== picture.height)
      throw new AppError(
        'mask-size-differs',
        `${picture.path} is ${width}x${height}, its mask ${picture.width}x${picture.height}`,
        'Put the picture back that the mask belongs to, or import the set again.',
      )
    const mask = (await masks.read(picture)).map((value) => channels[value] ?? 255)
    return { width, height, picture: data, mask }
  }
  return {
    async read(at) {
      const known = kept.get(at)
      if (known) return known
      const picture = pictures[at]
      if (!picture) throw new RangeError(`there is no picture ${at}`)
      const sample = await decode(picture)
      const bytes = 4 * sample.width * sample.height
      if (bytes <= room) {
        kept.set(at, sample)
        room -= bytes
      }
      return sample
    },
  }
}

/** Bytes that pictures take which are kept decoded. */
export function decodedBytes(pictures: readonly StagePicture[]): number {
  const all = pictures.reduce((sum, { width, height }) => sum + 4 * width * height, 0)
  return Math.min(mostDecoded, all)
}

/** The sample at the network's size. Throws `bad-value` for a mask that is missing. */
export async function sized(
  sample: Sample,
  input: Size,
  fit: StageRequest['fit'],
): Promise<SizedSample> {
  const { width, height } = input
  const { sample: result } = await augment(
    sample,
    {
      ...{ kind: 'resize', probability: 1, width, height, fit },
      ...{ border: 'colour', colour: [0, 0, 0], borderMask: 'ignore' },
    },
    { seed: 0, epoch: 0, image: 0 },
  )
  if (result.mask) return { ...input, picture: result.picture, mask: result.mask }
  throw new AppError('internal', 'a sample lost its mask')
}

/** Where a sample of a stage comes from. */
export interface SampleNumber {
  /** Of the picture in its list. */
  image: number
  /** How often all pictures were taken before. */
  round: number
}

/**
 * The picture behind the sample of a number: rounds over all pictures, each in an order of its own.
 * Orders are drawn once a round.
 */
export function sampleOrder(pictures: number, seed: number): (number: number) => SampleNumber {
  let drawn = { round: -1, order: [] as number[] }
  return (number) => {
    const round = Math.floor(number / pictures)
    if (drawn.round !== round)
      drawn = { round, order: drawsFor(seed, 'order', round).permutation(pictures) }
    return { round, image: drawn.order[number % pictures] ?? 0 }
  }
}

/** The augmented sample of a number at the network's size; always the same. */
export async function augmentedSample(
  source: PictureSource,
  { image, round }: SampleNumber,
  { settings, augmentation, fit }: Pick<StageRequest, 'settings' | 'augmentation' | 'fit'>,
): Promise<SizedSample> {
  const given = await source.read(image)
  if (!augmentation) return sized(given, settings.input, fit)
  const { seed } = settings
  const { sample } = await augment(given, augmentation, { seed, epoch: round, image })
  return sized(sample, settings.input, fit)
}
