/**
 * @file A file of labels: a line for each thing, its class and then its outline, in shares of the
 * picture's sides (https://docs.ultralytics.com/datasets/segment/). A line of five numbers is a box:
 * class, centre, width and height (https://docs.ultralytics.com/datasets/detect/).
 */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { Box, SetObject } from '../annotated-set.ts'
import { objectOf } from '../shapes/compose.ts'
import { drawRectangle } from '../shapes/draw-shape.ts'
import { fillPolygon } from '../shapes/fill-polygon.ts'

/** What Ultralytics lets pass for the edge of the picture. */
const [least, most] = [-0.01, 1.01]
const boxNumbers = 4
const leastPolygonNumbers = 6

export interface Labels {
  objects: SetObject[]
  /** What is wrong with a line, with its number. */
  problems: string[]
}

/** The things of a picture. Lines that are wrong are named, the others taken. */
export function readLabels(text: string, indices: ReadonlyMap<number, number>, size: Size): Labels {
  const labels: Labels = { objects: [], problems: [] }
  for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '') continue
    try {
      labels.objects.push(readLine(line.trim(), indices, size))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      labels.problems.push(`line ${i + 1}: ${error.message}`)
    }
  }
  return labels
}

function bad(message: string): AppError {
  return new AppError('bad-dataset', message, 'Correct the line, or take it out.')
}

function readLine(line: string, indices: ReadonlyMap<number, number>, size: Size): SetObject {
  const words = line.split(/\s+/)
  const [number = Number.NaN, ...shares] = words.map(numberOf)
  const classIndex = indices.get(number)
  if (classIndex === undefined) throw bad(`there is no class ${words[0]}`)
  const wrong = shares.findIndex((share) => !(share >= least && share <= most))
  if (wrong >= 0) throw bad(`${words[wrong + 1]} is no share of a side; 0 to 1 was expected`)
  if (shares.length === boxNumbers) return boxOf(shares, classIndex, size)
  if (shares.length < leastPolygonNumbers || shares.length % 2 === 1)
    throw bad(
      `a class and ${shares.length} numbers are neither a box (4) nor three or more corners (6, 8 …)`,
    )
  const ring = shares.map((share, i) => share * (i % 2 === 0 ? size.width : size.height))
  return objectOf(classIndex, fillPolygon([ring], size), { outline: [ring] })
}

function boxOf(shares: readonly number[], classIndex: number, size: Size): SetObject {
  const box = boxOfShares(shares, size)
  if (box.width <= 0 || box.height <= 0) throw bad('the box has no area')
  return objectOf(classIndex, drawRectangle(box, size), { box, boxOnly: true })
}

/**
 * A box in pixels, of its centre, width and height in shares; to a ten-thousandth of a pixel, for an
 * edge may be just at pixels' centres and shares are never exact.
 */
export function boxOfShares(
  [x = 0, y = 0, across = 0, down = 0]: readonly number[],
  size: Size,
): Box {
  const [width, height] = [across * size.width, down * size.height]
  return {
    x: nearly(x * size.width - width / 2),
    y: nearly(y * size.height - height / 2),
    width: nearly(width),
    height: nearly(height),
  }
}

function nearly(pixels: number): number {
  return Math.round(pixels * 1e4) / 1e4
}

/** NaN for what is no decimal number. */
function numberOf(word: string): number {
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(word) ? Number(word) : Number.NaN
}
