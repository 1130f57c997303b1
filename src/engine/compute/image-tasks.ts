/** @file Tasks over single picture files, which belong to no tape. */
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { progressMeter } from '../../shared/progress.ts'
import { openSegmenter, type SegmenterOptions } from '../infer/segmenter.ts'
import { loadImage } from '../media/image-file.ts'
import type { RgbImage } from '../media/sharp-image.ts'
import { readAhead } from '../read-ahead.ts'
import type { TaskContext } from './types.ts'

/** What became of one of the pictures, by its place in the list. */
export type SegmentedImage = { at: number; mask: ClassMask } | { at: number; why: string }

/** How many pictures are decoded while the network looks at one. */
export const imagesAhead = 2

/** A picture file as pixels, or why it cannot be read. */
export async function decodedPicture(path: string): Promise<RgbImage | { why: string }> {
  try {
    return (await loadImage(path)).image
  } catch (error) {
    return { why: toAppError(error, path).message }
  }
}

/**
 * Emits the classes of each picture, or why it cannot be read, in the order of the list. Returns the
 * device that ran the network. Throws what opening and running the network throw, and `cancelled`.
 */
export async function segmentImages(
  { paths, ...options }: SegmenterOptions & { paths: readonly string[] },
  { signal, onProgress, emit }: TaskContext<SegmentedImage>,
): Promise<{ device: string }> {
  await using segmenter = await openSegmenter(options)
  const progress = progressMeter('pictures', paths.length, 'pictures', onProgress)
  let at = 0
  for await (const image of readAhead(paths, imagesAhead, decodedPicture)) {
    throwIfCancelled(signal, 'looking at pictures')
    await emit('why' in image ? { at, ...image } : { at, mask: await segmenter.segment(image) })
    progress(++at)
  }
  return { device: segmenter.device }
}
