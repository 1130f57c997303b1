/** @file Looks at picture files and writes what is seen in each as a file. */
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { progressMeter } from '../../shared/progress.ts'
import { openSegmenter, type Segmenter } from '../infer/segmenter.ts'
import type { RgbImage } from '../media/sharp-image.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { readAhead } from '../read-ahead.ts'
import { pictureEncodings } from '../segment/encode-picture.ts'
import { classCounts, countClasses, type Seen } from '../segment/render.ts'
import { look, type SegmentOptions } from '../segment/segment-options.ts'
import { decodedPicture, imagesAhead } from './image-tasks.ts'
import type { TaskContext } from './types.ts'

export interface SegmentFilesRequest extends SegmentOptions {
  files: readonly { path: string; target: string }[]
}

/** What became of one of the files, by its place in the list. */
export type WrittenSegment =
  | { at: number; classes: { index: number; pixels: number }[] }
  | { at: number; why: string }

/** Faults of one picture, which the others do not share. */
const ofOnePicture: readonly string[] = ['not-enough-memory', 'bad-value']

async function seenIn(
  segmenter: Segmenter,
  image: RgbImage,
  request: SegmentFilesRequest,
): Promise<Seen | { why: string }> {
  try {
    return await look(segmenter, image, request)
  } catch (error) {
    const failure = toAppError(error)
    if (ofOnePicture.includes(failure.code)) return { why: failure.message }
    throw failure
  }
}

async function write(target: string, seen: Seen, mode: SegmentFilesRequest['mode']) {
  try {
    await replaceFile(target, await pictureEncodings[mode](seen))
  } catch (error) {
    throw toAppError(error, target)
  }
}

/**
 * Emits for each file, in their order, the classes that were seen, or why it was left out. Returns the
 * device, and the seconds that looking took. Throws what opening and running the network throw,
 * `disk-full` and the like, and `cancelled`; files are written whole or not at all.
 */
export async function segmentFiles(
  request: SegmentFilesRequest,
  { signal, onProgress, emit }: TaskContext<WrittenSegment>,
): Promise<{ device: string; seconds: number }> {
  const { files, mode } = request
  await using segmenter = await openSegmenter({ ...request, classes: null })
  const progress = progressMeter('pictures', files.length, 'pictures', onProgress)
  const paths = files.map(({ path }) => path)
  let [at, seconds] = [0, 0]
  for await (const image of readAhead(paths, imagesAhead, decodedPicture)) {
    throwIfCancelled(signal, 'looking at pictures')
    const started = performance.now()
    const seen = 'why' in image ? image : await seenIn(segmenter, image, request)
    seconds += (performance.now() - started) / 1000
    if ('why' in seen) await emit({ at, why: seen.why })
    else {
      await write(files[at]?.target ?? '', seen, mode)
      await emit({ at, classes: classCounts(countClasses(seen.mask)) })
    }
    progress(++at)
  }
  return { device: segmenter.device, seconds }
}
