/** @file What JPEG leaves of a picture at a quality. */
import sharp from 'sharp'
import type { Operations } from '../../../shared/augmentation-operations.ts'
import type { Sample } from '../sample.ts'
import { type Draw, drawWhole } from '../step.ts'

/** Colours at half the resolution, as most cameras store them. */
async function throughJpeg(sample: Sample, quality: number): Promise<void> {
  const { width, height, picture } = sample
  const file = await sharp(picture, { raw: { width, height, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: '4:2:0' })
    .toBuffer()
  sample.picture = await sharp(file).raw().toBuffer()
}

export const jpeg: Draw<Operations['jpeg']> = (settings, random) => {
  const quality = drawWhole(random, settings.quality)
  const paint = (sample: Sample) => throughJpeg(sample, quality)
  return { values: { quality }, steps: [{ does: 'paint', paint }] }
}
