/**
 * @file Polygons as pycocotools draws them (rleFrPoly of cocodataset/cocoapi, common/maskApi.c). The
 * outline is followed on a grid five times as fine as the pixels; each time that it crosses the middle
 * of a pixel column, the column changes from outside to inside, or back, at that height.
 *
 * pycocotools walks every point of the fine outline. Only the steps across the middle of a column count,
 * so here they alone are computed, with the same roundings: the work is in the columns, not in how far
 * an outline reaches beyond the picture.
 */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, Raster } from '../annotated-set.ts'
import { countsOfToggles, mergeRuns, rasterOf } from './run-lengths.ts'

/** Fine steps a pixel. */
const scale = 5
/** The step from this fine column (and each fifth after it) to the next crosses a pixel's middle. */
const middle = 2
/** pycocotools' coordinates are 32 bit. */
const maximumCoordinate = 2 ** 30 / scale

/** The pixels of one or more polygons, `[x0, y0, x1, y1, …]` each: those that any of them has. */
export function cocoPolygons(polygons: readonly (readonly number[])[], size: Size): Raster {
  return rasterOf(polygonsRuns(polygons, size), size)
}

/** The run lengths of one or more polygons together. */
export function polygonsRuns(polygons: readonly (readonly number[])[], size: Size): number[] {
  const things = polygons.map((polygon) => polygonRuns(polygon, size))
  const [first] = things
  if (!first) return [size.width * size.height]
  return things.length === 1 ? first : mergeRuns(things)
}

/** A rectangle's pixels, as pycocotools turns boxes into masks. */
export function cocoBox({ x, y, width, height }: Box, size: Size): Raster {
  const [right, bottom] = [x + width, y + height]
  return cocoPolygons([[x, y, x, bottom, right, bottom, right, y]], size)
}

/**
 * The run lengths of one polygon.
 *
 * @throws AppError `bad-dataset` where a coordinate is too large for pycocotools
 */
export function polygonRuns(polygon: readonly number[], size: Size): number[] {
  const fine = polygon.map(fineCoordinate)
  const toggles: number[] = []
  for (let i = 0; i + 1 < fine.length; i += 2) {
    const next = i + 3 < fine.length ? i + 2 : 0
    const [x, y, nextX, nextY] = [fine[i], fine[i + 1], fine[next], fine[next + 1]]
    addCrossings([x ?? 0, y ?? 0, nextX ?? 0, nextY ?? 0], size, toggles)
  }
  return countsOfToggles(new Float64Array(toggles).sort(), size.width * size.height)
}

function fineCoordinate(value: number): number {
  if (Math.abs(value) <= maximumCoordinate) return Math.trunc(scale * value + 0.5)
  throw new AppError(
    'bad-dataset',
    `a corner of the polygon is at ${value} pixels`,
    'Corners are in pixels of the picture.',
  )
}

/** Adds where an edge between two fine points crosses the middles of pixel columns. */
function addCrossings(
  [x, y, nextX, nextY]: readonly [number, number, number, number],
  size: Size,
  toggles: number[],
): void {
  const [across, down] = [Math.abs(nextX - x), Math.abs(nextY - y)]
  const isFlat = across >= down
  const isBackwards = isFlat ? x > nextX : y > nextY
  const [startX, startY] = isBackwards ? [nextX, nextY] : [x, y]
  const [endX, endY] = isBackwards ? [x, y] : [nextX, nextY]
  const slope = isFlat ? (endY - startY) / across : (endX - startX) / down
  const left = Math.max(0, Math.min(x, nextX))
  const right = Math.min(scale * size.width, Math.max(x, nextX))
  const first = left + ((((middle - left) % scale) + scale) % scale)
  for (let column = first; column < right; column += scale) {
    const upper = isFlat
      ? flatCrossing(column - startX, startY, slope)
      : startY + steepStep(column, startX, slope, down)
    toggles.push(((column - middle) / scale) * size.height + rowAfter(upper, size.height))
  }
}

/** The upper of the fine rows at step `t` and the next, on an edge that takes one column a step. */
function flatCrossing(t: number, startY: number, slope: number): number {
  const here = Math.trunc(startY + slope * t + 0.5)
  return Math.min(here, Math.trunc(startY + slope * (t + 1) + 0.5))
}

/** The last step before an edge that takes one row a step goes from `column` to the next, or back. */
function steepStep(column: number, startX: number, slope: number, steps: number): number {
  const guess = Math.round((column + 0.5 - startX) / slope)
  let step = Math.min(steps, Math.max(0, guess))
  while (step > 0 && !isBefore(step, column, startX, slope)) step--
  while (step < steps && isBefore(step + 1, column, startX, slope)) step++
  return step
}

function isBefore(step: number, column: number, startX: number, slope: number): boolean {
  const reached = Math.trunc(startX + slope * step + 0.5)
  return slope > 0 ? reached <= column : reached > column
}

/** The first row whose middle is not above a fine row. */
function rowAfter(fineRow: number, height: number): number {
  const row = (fineRow + 0.5) / scale - 0.5
  return Math.ceil(Math.min(height, Math.max(0, row)))
}
