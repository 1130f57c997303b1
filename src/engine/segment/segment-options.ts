/** @file What a compute process is told about looking at pictures and writing what it sees. */
import type { MaskClass } from '../../shared/mask.ts'
import type { Look, SegmentMode } from '../../shared/segment.ts'
import type { Segmenter, SegmenterOptions } from '../infer/segmenter.ts'
import { centreCrop, type RgbPicture } from './centre-crop.ts'
import { onlyClasses, type Seen } from './render.ts'

export interface SegmentOptions extends Omit<SegmenterOptions, 'classes' | 'size'> {
  look: Look
  mode: SegmentMode
  /** The network's own. */
  classes: readonly MaskClass[]
  /** Indices of the classes that are shown; null = all. */
  only: readonly number[] | null
}

/** What the network sees in a picture, or in the middle of it. */
export async function look(
  segmenter: Segmenter,
  picture: RgbPicture,
  { look: { crop }, classes, only }: Pick<SegmentOptions, 'look' | 'classes' | 'only'>,
): Promise<Seen> {
  const shown = crop ? centreCrop(picture, crop) : picture
  const mask = await segmenter.segment(shown)
  return { picture: shown, mask: onlyClasses(mask, only), classes }
}
