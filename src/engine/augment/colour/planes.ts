/** @file Changes of one plane of levels, done to the lightness or to each channel. */
import type { Sample } from '../sample.ts'
import { changeLightness } from './lightness.ts'

/** Takes and gives `[height, width]` levels. */
export type PlaneChange = (plane: Uint8Array) => Uint8Array

function changeChannels(picture: Uint8Array, change: PlaneChange): void {
  const plane = new Uint8Array(picture.length / 3)
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0, at = channel; pixel < plane.length; pixel++, at += 3)
      plane[pixel] = picture[at] ?? 0
    const changed = change(plane)
    for (let pixel = 0, at = channel; pixel < plane.length; pixel++, at += 3)
      picture[at] = changed[pixel] ?? 0
  }
}

const ways = { lightness: changeLightness, channels: changeChannels }

/** Changes the lightness of a sample's picture, or its red, green and blue each by itself, in place. */
export function changePlanes(
  { picture }: Sample,
  on: keyof typeof ways,
  change: PlaneChange,
): void {
  ways[on](picture, change)
}

/** Number of pixels of each level, of a rectangle or of all. */
export function histogramOf(plane: Uint8Array): Uint32Array {
  const counts = new Uint32Array(256)
  for (let pixel = 0; pixel < plane.length; pixel++) {
    const level = plane[pixel] ?? 0
    counts[level] = (counts[level] ?? 0) + 1
  }
  return counts
}
