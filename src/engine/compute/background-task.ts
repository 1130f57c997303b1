/** @file What a tape's camera sees when nobody is there, for somebody who paints. */
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../shared/errors.ts'
import { progressMeter } from '../../shared/progress.ts'
import { openReader } from '../media/tape.ts'
import type { Picture } from '../media/types.ts'
import { backgroundFrames, medianPicture } from '../train/scene/background.ts'
import type { ReaderRequest } from './recent-readers.ts'
import type { TaskContext } from './types.ts'

/** Of the pictures that the median is taken over; large ones are fewer. */
const budgetBytes = 512 * 2 ** 20
const fewestPictures = 5

/** Bytes whose median is taken between two looks at messages: some 20 ms. */
const stretchBytes = 2 ** 18

/** At most `count` of a list, evenly spread. */
function thinned(frames: readonly number[], count: number): number[] {
  if (frames.length <= count) return [...frames]
  return Array.from(
    { length: count },
    (_, i) => frames[Math.round((i * (frames.length - 1)) / (count - 1))] ?? 0,
  )
}

/** A picture of nobody: RGB, `[height, width, 3]`. */
export type Scene = Pick<Picture, 'width' | 'height' | 'data'>

/** The median of pictures spread over a tape. Throws `cancelled` and what reading the tape throws. */
export async function tapeBackground(
  { index, filters }: ReaderRequest,
  { signal, onProgress }: TaskContext<never>,
): Promise<Scene> {
  await using reader = await openReader(index.info, index, { filters })
  const spread = backgroundFrames(index.frames)
  const { width, height } = await reader.read(spread[0] ?? 0, signal)
  const bytes = 3 * width * height
  const frames = thinned(spread, Math.max(fewestPictures, Math.floor(budgetBytes / bytes)))
  const report = progressMeter('background', frames.length, 'frames', onProgress)
  const pictures: Uint8Array[] = []
  for await (const { data } of reader.frames(frames, { signal })) {
    pictures.push(new Uint8Array(data))
    report(pictures.length)
  }
  const data = new Uint8Array(bytes)
  for (let from = 0; from < bytes; from += stretchBytes) {
    const stretch = pictures.map((picture) => picture.subarray(from, from + stretchBytes))
    data.set(medianPicture(stretch), from)
    await setImmediate()
    throwIfCancelled(signal, 'the background')
  }
  return { width, height, data }
}
