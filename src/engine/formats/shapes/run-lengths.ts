/**
 * @file COCO run lengths: how many pixels in a row are not of the thing, are, are not, …, column by
 * column over the whole picture. Results are those of pycocotools' `encode`, `decode`, `area`,
 * `toBbox`, `merge` and `iou` (cocodataset/cocoapi, common/maskApi.c).
 */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster } from '../annotated-set.ts'

/** The run lengths of a raster in a picture of `size`; it must lie within. */
export function runLengthsOf(raster: Raster, size: Size): number[] {
  const { x, y, width, height, data } = raster
  const toggles: number[] = []
  for (let column = 0; column < width; column++) {
    const top = (x + column) * size.height + y
    let before = 0
    for (let row = 0; row < height; row++) {
      const value = data[row * width + column] ?? 0
      if (value !== before) toggles.push(top + row)
      before = value
    }
    if (before === 1) toggles.push(top + height)
  }
  return countsOfToggles(toggles, size.width * size.height)
}

/**
 * The raster of run lengths, no larger than its pixels need.
 *
 * @throws AppError `bad-dataset` where the runs do not add up to the picture
 */
export function rasterOf(counts: readonly number[], size: Size): Raster {
  checkRuns(counts, size)
  const box = runBox(counts, size.height)
  const data = new Uint8Array(box.width * box.height)
  forEachRun(counts, (from, end) => {
    for (let at = from; at < end; ) {
      const column = Math.floor(at / size.height)
      const columnEnd = Math.min(end, (column + 1) * size.height)
      const shift = column - box.x - (column * size.height + box.y) * box.width
      for (; at < columnEnd; at++) data[at * box.width + shift] = 1
    }
  })
  return { ...box, data }
}

/** @throws AppError `bad-dataset` where the runs are not whole numbers that add up to the picture */
export function checkRuns(counts: readonly number[], { width, height }: Size): void {
  const pixels = counts.reduce((sum, count) => sum + count, 0)
  if (pixels === width * height && counts.every((count) => count >= 0 && Number.isInteger(count)))
    return
  throw new AppError(
    'bad-dataset',
    `the run lengths add up to ${pixels} pixels; the picture of ${width}x${height} has ${width * height}`,
    'Check that the annotation is of this picture and that its size is [height, width].',
  )
}

/** Number of pixels of the thing. */
export function runArea(counts: readonly number[]): number {
  let area = 0
  for (let i = 1; i < counts.length; i += 2) area += counts[i] ?? 0
  return area
}

/** The smallest rectangle with all pixels of the thing; all zeros where it has none. */
export function runBox(counts: readonly number[], height: number): Box {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, height, -1, -1]
  forEachRun(counts, (from, end) => {
    const [first, last] = [Math.floor(from / height), Math.floor((end - 1) / height)]
    left = Math.min(left, first)
    right = last
    top = first < last ? 0 : Math.min(top, from - first * height)
    bottom = first < last ? height - 1 : Math.max(bottom, end - 1 - last * height)
  })
  if (right < 0) return { x: 0, y: 0, width: 0, height: 0 }
  return { x: left, y: top, width: right - left + 1, height: bottom - top + 1 }
}

/** The pixels that at least `minimum` of the things have: 1 for the union, all for the intersection. */
export function mergeRuns(things: readonly (readonly number[])[], minimum = 1): number[] {
  const total = things[0]?.reduce((sum, count) => sum + count, 0) ?? 0
  const starts: number[] = []
  const ends: number[] = []
  for (const counts of things)
    forEachRun(counts, (from, end) => {
      starts.push(from)
      ends.push(end)
    })
  return countsOfToggles(deepToggles(starts, ends, minimum), total)
}

/** Where the number of open runs reaches `minimum` and falls below it again. */
function deepToggles(
  starts: readonly number[],
  ends: readonly number[],
  minimum: number,
): number[] {
  const opening = new Float64Array(starts).sort()
  const toggles: number[] = []
  let [depth, opened] = [0, 0]
  for (const end of new Float64Array(ends).sort()) {
    for (; (opening[opened] ?? Number.POSITIVE_INFINITY) <= end; opened++)
      if (++depth === minimum) toggles.push(opening[opened] ?? 0)
    if (depth-- === minimum) toggles.push(end)
  }
  return toggles
}

/**
 * Run lengths of what begins and ends at each of these positions, in ascending order; two at one
 * place undo each other.
 */
export function countsOfToggles(toggles: Iterable<number>, total: number): number[] {
  const kept: number[] = []
  for (const position of toggles)
    if (kept[kept.length - 1] === position) kept.pop()
    else kept.push(position)
  if (kept[kept.length - 1] === total) kept.pop()
  kept.push(total)
  let before = 0
  for (let i = 0; i < kept.length; i++) {
    const position = kept[i] ?? 0
    kept[i] = position - before
    before = position
  }
  return kept
}

/**
 * Intersection over union of what was found and what is there. Where `crowd`, over what was found: a
 * part of a crowd is as good as the whole.
 */
export function runIou(found: readonly number[], truth: readonly number[], crowd = false): number {
  const common = runArea(mergeRuns([found, truth], 2))
  if (common === 0) return 0
  return common / (crowd ? runArea(found) : runArea(found) + runArea(truth) - common)
}

/** Calls back with the first position and the one after the last of every run of the thing. */
function forEachRun(counts: readonly number[], visit: (from: number, end: number) => void): void {
  let position = 0
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i] ?? 0
    if (i % 2 === 1 && count > 0) visit(position, position + count)
    position += count
  }
}
