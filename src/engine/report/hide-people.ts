/** @file Makes people unrecognisable in a picture, where the network sees them. */
import sharp, { type Sharp } from 'sharp'
import type { Size } from '../../shared/recipe.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import type { PeopleInPictures } from './types.ts'

/** RGB, 8 bit: `[height, width, 3]`. */
export interface RgbPicture {
  width: number
  height: number
  data: Uint8Array
}

/** Pixels from this probability on are hidden: rather too much than an arm too little. */
const lowestHidden = 0.1

/** Blocks across the picture when pixelated; the blur is as coarse. */
const blocksAcross = 40

/** Margins around people that would fit across the picture. */
const marginsAcross = 64
const amplification = 6

const rawOf = ({ width, height, data }: RgbPicture): Sharp =>
  sharp(data, { raw: { width, height, channels: 3 } })

async function blurred(picture: RgbPicture): Promise<Buffer> {
  return rawOf(picture)
    .blur(Math.max(2, picture.width / blocksAcross))
    .raw()
    .toBuffer()
}

async function pixelated(picture: RgbPicture): Promise<Buffer> {
  const { width, height } = picture
  const columns = Math.min(width, blocksAcross)
  const rows = Math.max(1, Math.round((columns * height) / width))
  const blocks = await rawOf(picture).resize(columns, rows, { fit: 'fill' }).png().toBuffer()
  return sharp(blocks).resize(width, height, { fit: 'fill', kernel: 'nearest' }).raw().toBuffer()
}

const hidden: Record<'blurred' | 'pixelated', (picture: RgbPicture) => Promise<Buffer>> = {
  blurred,
  pixelated,
}

/**
 * How much of each pixel is hidden, 0 … 255: the people and a margin around them, fading out. The
 * blurred mask is amplified, so that it is full to about one deviation outside its edge.
 */
async function cover(map: ProbabilityMap, { width, height }: RgbPicture): Promise<Buffer> {
  const people = map.data.map((value) => (value >= lowestHidden * 255 ? 255 : 0))
  const grey = (data: Uint8Array, size: Size) =>
    sharp(data, { raw: { ...size, channels: 1 } }).toColourspace('b-w')
  const grown = await grey(people, { width: map.width, height: map.height })
    .resize(width, height, { fit: 'fill', kernel: 'nearest' })
    .raw()
    .toBuffer()
  return grey(grown, { width, height })
    .blur(Math.max(1, width / marginsAcross))
    .linear(amplification)
    .raw()
    .toBuffer()
}

/** The picture with everyone in `map` hidden in the given way; `shown` leaves it as it is. */
export async function hidePeople(
  picture: RgbPicture,
  map: ProbabilityMap,
  way: Exclude<PeopleInPictures, 'left-out'>,
): Promise<RgbPicture> {
  if (way === 'shown') return picture
  const [covered, coverage] = await Promise.all([hidden[way](picture), cover(map, picture)])
  const data = Uint8Array.from(picture.data, (value, i) => {
    const share = (coverage[Math.floor(i / 3)] ?? 0) / 255
    return Math.round(value + ((covered[i] ?? 0) - value) * share)
  })
  return { ...picture, data }
}
