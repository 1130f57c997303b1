/** @file What is seen in a picture, as a file. */
import sharp from 'sharp'
import type { SegmentMode } from '../../shared/segment.ts'
import { encodeColours } from '../formats/colour-png/encode-colours.ts'
import { encodeMask } from '../formats/mask-write.ts'
import { type ColourMode, coloursOf, renderings, type Seen } from './render.ts'

type Encode = (seen: Seen) => Promise<Buffer>

function photograph(mode: ColourMode): Encode {
  return (seen) => {
    const { width, height } = seen.picture
    return sharp(renderings[mode](seen), { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
      .toBuffer()
  }
}

/** By mode, as ./extensions.ts; every value of a mask and every colour of a class is kept exactly. */
export const pictureEncodings: Readonly<Record<SegmentMode, Encode>> = {
  mask: ({ mask, classes }) => encodeMask(mask, classes, null),
  colour: ({ mask, classes }) => encodeColours(mask, coloursOf(classes)),
  splash: photograph('splash'),
  overlay: photograph('overlay'),
}
