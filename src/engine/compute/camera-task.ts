/** @file Whether the camera of two tapes stands where it stood: their empty scenes, aligned. */
import { type Alignment, align } from '../camera/align.ts'
import { greyOf } from '../camera/grey-picture.ts'
import type { Scene } from './background-task.ts'

/** Aligns the empty scene of a tape with that of an earlier one of the same picture size. */
export async function alignScenes({
  earlier,
  later,
}: {
  earlier: Scene
  later: Scene
}): Promise<Alignment> {
  const grey = ({ data, width, height }: Scene) => greyOf(data, width, height)
  return align(grey(earlier), grey(later))
}
