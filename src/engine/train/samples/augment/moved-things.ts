/**
 * @file What a labelled frame shows besides people that the empty scene does not: carts, chairs, boxes.
 * Pasted elsewhere they teach that not all that differs from the background is somebody.
 *
 * That has its price: where nothing but people moves, the difference to the background alone tells
 * them, and whoever learns not to trust it finds them less well (person IoU .92 instead of .95 with 8
 * labels of humanbody2). So only what could be taken for a person by its size counts as a thing.
 */
import type { Size } from '../../../../shared/recipe.ts'
import { isSomebody, type TrainingSample } from '../../types.ts'

/** A byte's difference, of the mean over 3x3 pixels, above what noise and compression make. */
const visible = 24
/** So many pixels around somebody belong to them: rims are not always painted. */
const margin = 3
/** A thing is at least as large as this part of a patch of people. */
const leastPart = 1 / 4

/** Sums over the square of so many pixels on each side of each pixel; the picture ends at its rim. */
function boxSums(values: ArrayLike<number>, { width, height }: Size, reach: number): Float32Array {
  const rows = new Float32Array(width * height)
  const sums = new Float32Array(width * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      for (let at = Math.max(0, x - reach); at <= Math.min(width - 1, x + reach); at++)
        rows[y * width + x] = (rows[y * width + x] ?? 0) + (values[y * width + at] ?? 0)
  for (let y = 0; y < height; y++)
    for (let at = Math.max(0, y - reach); at <= Math.min(height - 1, y + reach); at++)
      for (let x = 0; x < width; x++)
        sums[y * width + x] = (sums[y * width + x] ?? 0) + (rows[at * width + x] ?? 0)
  return sums
}

/** 1 where a frame visibly differs from the background, else 0. */
function changed(
  picture: TrainingSample['picture'],
  background: TrainingSample['picture'],
  size: Size,
): Uint8Array {
  const found = new Uint8Array(size.width * size.height)
  for (let channel = 0; channel < 3; channel++) {
    const change = Float32Array.from(
      found,
      (_, i) => (picture[3 * i + channel] ?? 0) - (background[3 * i + channel] ?? 0),
    )
    for (const [i, sum] of boxSums(change, size, 1).entries())
      if (Math.abs(sum) > 9 * visible) found[i] = 1
  }
  return found
}

/** Pixels that hang together with this one, which are taken out of `found`; four neighbours each. */
function takePatch(found: Uint8Array, start: number, { width }: Size): number[] {
  const patch: number[] = []
  const waiting = [start]
  found[start] = 0
  for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
    patch.push(pixel)
    const column = pixel % width
    const neighbours = [
      pixel - width,
      pixel + width,
      column > 0 ? pixel - 1 : -1,
      column < width - 1 ? pixel + 1 : -1,
    ]
    for (const next of neighbours) {
      if (found[next] !== 1) continue
      found[next] = 0
      waiting.push(next)
    }
  }
  return patch
}

/** The mean area of patches of people in the labels, in pixels. */
function meanPeople(frames: readonly TrainingSample[], size: Size): number {
  let [patches, pixels] = [0, 0]
  for (const { mask } of frames) {
    const people = mask.map((label) => Number(isSomebody(label)))
    pixels += people.reduce((sum, one) => sum + one, 0)
    for (let start = people.indexOf(1); start >= 0; start = people.indexOf(1, start)) {
      takePatch(people, start, size)
      patches++
    }
  }
  return patches === 0 ? Number.POSITIVE_INFINITY : pixels / patches
}

/** What things are looked for in. */
export interface ThingSource {
  /** The labelled frames. */
  frames: readonly TrainingSample[]
  /** `[height, width, 3]`: the scene with nobody in it. */
  background: TrainingSample['picture']
  /** Pixels where the background may show somebody after all are not 0. */
  doubtful: Uint8Array
  size: Size
}

/**
 * For each frame 1 where it shows a thing, else 0. A patch of change that reaches somebody is left out
 * as a whole: it may be a part of them that was not painted. So is one in front of what is doubtful:
 * there somebody has left.
 */
export function movedThings({ frames, background, doubtful, size }: ThingSource): Uint8Array[] {
  const smallest = leastPart * meanPeople(frames, size)
  return frames.map(({ picture, mask }) => {
    const people = boxSums(mask, size, margin)
    const isThing = (patch: readonly number[]) =>
      patch.length >= smallest &&
      patch.every((pixel) => people[pixel] === 0 && doubtful[pixel] === 0)
    const found = changed(picture, background, size)
    const things = new Uint8Array(mask.length)
    for (let start = found.indexOf(1); start >= 0; start = found.indexOf(1, start)) {
      const patch = takePatch(found, start, size)
      if (isThing(patch)) for (const pixel of patch) things[pixel] = 1
    }
    return things
  })
}
