/** @file Decodes what sharp can to upright RGB; without FFmpeg, so that any process may load it. */
import sharp from 'sharp'

/** `[height, width, 3]`, RGB, rows without padding. */
export interface RgbImage {
  width: number
  height: number
  data: Buffer
}

/** EXIF orientation is applied, transparency dropped, 16 bits become 8. Throws what sharp throws. */
export async function decodeWithSharp(bytes: Buffer): Promise<RgbImage> {
  const { data, info } = await sharp(bytes, { failOn: 'error' })
    .autoOrient()
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
