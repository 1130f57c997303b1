/** @file From a network's answer to the class of every pixel of the picture. */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, type ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { type AxisTable, axisTable } from './axis-table.ts'
import { type OutputShape, outputStrides } from './network-output.ts'
import type { GridCover } from './score-plan.ts'

/** What the classes of a picture are told from. */
export interface ClassGrid {
  shape: OutputShape
  /** Where the picture lies on the output. */
  cover: GridCover
  /** Of the picture. */
  size: Size
  /** For each channel, the class index that it stands for; several may stand for one. */
  classOf: readonly number[]
}

/** Finds the class with the most probability from the interpolated values of a pixel's channels. */
type Decide = (values: Float64Array) => number

/** A single channel of logits is the class itself: it is there where it is at least as likely as not. */
function bySign({ classOf }: ClassGrid): Decide {
  const [index = backgroundIndex] = classOf
  return (values) => ((values[0] ?? 0) >= 0 ? index : backgroundIndex)
}

/** A single channel of probabilities likewise. */
function byHalf({ classOf }: ClassGrid): Decide {
  const [index = backgroundIndex] = classOf
  return (values) => ((values[0] ?? 0) >= 0.5 ? index : backgroundIndex)
}

/** The class whose channels have the largest sum of weights; of equal ones the last. */
function byLargestSum(
  { classOf }: ClassGrid,
  weight: (value: number, top: number) => number,
): Decide {
  const classes = [...new Set(classOf)].sort((a, b) => a - b)
  const slots = Int32Array.from(classOf, (index) => classes.indexOf(index))
  const sums = new Float64Array(classes.length)
  return (values) => {
    let top = Number.NEGATIVE_INFINITY
    for (let channel = 0; channel < values.length; channel++)
      top = Math.max(top, values[channel] ?? 0)
    sums.fill(0)
    for (let channel = 0; channel < values.length; channel++) {
      const slot = slots[channel] ?? 0
      sums[slot] = (sums[slot] ?? 0) + weight(values[channel] ?? 0, top)
    }
    let best = 0
    for (let slot = 1; slot < sums.length; slot++)
      if ((sums[slot] ?? 0) >= (sums[best] ?? 0)) best = slot
    return classes[best] ?? backgroundIndex
  }
}

function deciderOf(grid: ClassGrid): Decide {
  const isLogits = grid.shape.kind === 'logits'
  if (grid.shape.channels === 1) return isLogits ? bySign(grid) : byHalf(grid)
  // Where every channel is a class of its own, the largest logit is the largest probability.
  if (new Set(grid.classOf).size === grid.classOf.length)
    return byLargestSum(grid, (value) => value)
  // Softmax divides all by the same: for the largest it need not.
  return byLargestSum(grid, isLogits ? (value, top) => Math.exp(value - top) : (value) => value)
}

/** The values of a row of pixels at the grid's columns, `[channels, columns]`. */
export function rowOf(
  values: Float32Array,
  shape: OutputShape,
  rows: AxisTable,
  y: number,
): Float64Array {
  const { channel, row, column } = outputStrides(shape)
  const line = new Float64Array(shape.channels * shape.width)
  const above = (rows.before[y] ?? 0) * row
  const below = (rows.after[y] ?? 0) * row
  const down = rows.weight[y] ?? 0
  for (let c = 0, at = 0; c < shape.channels; c++)
    for (let x = 0; x < shape.width; x++, at++) {
      const place = c * channel + x * column
      const upper = values[above + place] ?? 0
      line[at] = upper + ((values[below + place] ?? 0) - upper) * down
    }
  return line
}

/** Throws `bad-model` when an answer is not made of numbers. */
export function requireNumbers(values: Float32Array): void {
  if (!values.some(Number.isNaN)) return
  throw new AppError(
    'bad-model',
    'the network answers with values that are not numbers',
    'Its weights are damaged, or it was trained too fast: use another network.',
  )
}

/**
 * Prepares masks of pictures of one size: every channel is interpolated to the picture (bilinear,
 * half-pixel centres), probabilities of channels that stand for one class are added, and the class
 * with the most is the pixel's. Throws `bad-model` when the answer is not made of numbers.
 */
export function classMasker(grid: ClassGrid): (values: Float32Array) => ClassMask {
  const { shape, cover, size } = grid
  const columns = axisTable(size.width, cover.x)
  const rows = axisTable(size.height, cover.y)
  const decide = deciderOf(grid)
  const pixel = new Float64Array(shape.channels)
  return (values) => {
    requireNumbers(values)
    const data = new Uint8Array(size.width * size.height)
    for (let y = 0, at = 0; y < size.height; y++) {
      const line = rowOf(values, shape, rows, y)
      for (let x = 0; x < size.width; x++, at++) {
        const left = columns.before[x] ?? 0
        const right = columns.after[x] ?? 0
        const weight = columns.weight[x] ?? 0
        for (let c = 0, start = 0; c < pixel.length; c++, start += shape.width) {
          const from = line[start + left] ?? 0
          pixel[c] = from + ((line[start + right] ?? 0) - from) * weight
        }
        data[at] = decide(pixel)
      }
    }
    return { ...size, data }
  }
}
