/** @file Pictures of several tapes, each tape opened once and read in order. */
import { AppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Size } from '../../../shared/recipe.ts'
import { openReader } from '../../media/tape.ts'
import type { FrameReference, TrainTape } from '../types.ts'

/**
 * The pictures of frames, in their order, `[height, width, 3]` bytes of the recipe each.
 * Throws what opening and reading the tapes throw, `cancelled`, and `internal` for a source without
 * a tape or a picture of another size.
 */
export async function readPictures(
  tapes: readonly TrainTape[],
  frames: readonly FrameReference[],
  size: Size,
  work: LongWork = {},
): Promise<Uint8Array[]> {
  const found = new Map<string, Uint8Array>()
  for (const { source, index, filters } of tapes) {
    const wanted = new Set(frames.filter((one) => one.source === source).map(({ frame }) => frame))
    if (wanted.size === 0) continue
    await using reader = await openReader(index.info, index, { filters })
    const list = [...wanted].sort((a, b) => a - b)
    for await (const picture of reader.frames(list, work)) {
      if (picture.width !== size.width || picture.height !== size.height)
        throw new AppError('internal', `the filters give ${picture.width}x${picture.height}`)
      found.set(`${source} ${picture.frame}`, new Uint8Array(picture.data))
    }
  }
  return frames.map(({ source, frame }) => {
    const picture = found.get(`${source} ${frame}`)
    if (picture) return picture
    throw new AppError('internal', `no tape of source ${source} has the frame ${frame}`)
  })
}
