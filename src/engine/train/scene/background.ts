/** @file What a fixed camera sees when nobody is there: the median of pictures spread over the tape. */
import { AppError } from '../../../shared/errors.ts'

/** Pictures whose median is taken: enough that somebody who stays for a while is outvoted. */
const pictureCount = 30

/** The frames of a tape to take the median of, from its first to its last, evenly spread. */
export function backgroundFrames(frames: number): number[] {
  const count = Math.min(pictureCount, frames)
  return Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.floor((i * (frames - 1)) / (count - 1)),
  )
}

/**
 * The median of each byte over pictures of one size. Of an even number of pictures it is the mean of
 * the two in the middle, without its fraction. Throws `internal` for no pictures or several sizes.
 */
export function medianPicture(pictures: readonly Uint8Array[]): Uint8Array {
  const [first, ...others] = pictures
  if (!first || others.some(({ length }) => length !== first.length))
    throw new AppError('internal', 'a median was asked for of no pictures, or of several sizes')
  const median = new Uint8Array(first.length)
  const sorted = new Uint8Array(pictures.length)
  const upper = pictures.length >> 1
  const lower = (pictures.length - 1) >> 1
  for (let at = 0; at < median.length; at++) {
    sortBytesAt(pictures, at, sorted)
    median[at] = ((sorted[lower] ?? 0) + (sorted[upper] ?? 0)) >> 1
  }
  return median
}

/** Insertion sort: a fixed camera's pixels hardly differ, so that few are moved far. */
function sortBytesAt(pictures: readonly Uint8Array[], at: number, sorted: Uint8Array): void {
  for (let count = 0; count < pictures.length; count++) {
    const value = pictures[count]?.[at] ?? 0
    let place = count
    while (place > 0 && (sorted[place - 1] ?? 0) > value) {
      sorted[place] = sorted[place - 1] ?? 0
      place--
    }
    sorted[place] = value
  }
}
