/** @file Whether the camera of two tapes stands where it stood: their empty scenes, aligned. */
import { type Alignment, align } from '../camera/align.ts'
import { greyOf } from '../camera/grey-picture.ts'
import type { Picture } from '../media/types.ts'
import { tapeBackground } from './background-task.ts'
import type { ReaderRequest } from './recent-readers.ts'
import type { TaskContext } from './types.ts'

/** RGB, `[height, width, 3]` in tape pixels. */
type Scene = Pick<Picture, 'width' | 'height' | 'data'>

export interface CameraAnswer extends Alignment {
  scenes: readonly [Scene, Scene]
}

/**
 * Aligns the empty scene of a tape with that of an earlier one of the same picture size. Throws
 * `cancelled` and what reading the tapes throws.
 */
export async function compareCamera(
  { earlier, later }: { earlier: ReaderRequest; later: ReaderRequest },
  context: TaskContext<never>,
): Promise<CameraAnswer> {
  const first = await tapeBackground(earlier, context)
  const second = await tapeBackground(later, context)
  const grey = ({ data, width, height }: Scene) => greyOf(data, width, height)
  return { ...align(grey(first), grey(second)), scenes: [first, second] }
}
