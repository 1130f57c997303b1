/**
 * @file The class of every pixel from several looks at a picture: the mean of their probabilities. It
 * goes row by row, so that no picture is ever held with all its classes at full size.
 */
import { AppError } from '../../shared/errors.ts'
import { backgroundIndex, type ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { type AxisTable, axisTable } from './axis-table.ts'
import { requireNumbers, rowOf } from './class-mask.ts'
import type { OutputShape } from './network-output.ts'
import type { GridCover } from './score-plan.ts'
import type { View } from './views.ts'

/** What the network answers for one look. */
export interface SeenView {
  view: View
  shape: OutputShape
  /** Where the piece lies on the output. */
  cover: GridCover
  values: Float32Array
}

/** A look with the places of its pixels on the output. */
interface PlacedView extends SeenView {
  rows: AxisTable
  columns: AxisTable
}

/** Writes the probabilities of a pixel over its interpolated values. */
type ToProbabilities = (values: Float64Array) => void

function softmax(values: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY
  for (const value of values) top = Math.max(top, value)
  let sum = 0
  for (let i = 0; i < values.length; i++) {
    const power = Math.exp((values[i] ?? 0) - top)
    values[i] = power
    sum += power
  }
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) / sum
}

function sigmoid(values: Float64Array): void {
  values[0] = 1 / (1 + Math.exp(-(values[0] ?? 0)))
}

function probabilitiesOf({ kind, channels }: OutputShape): ToProbabilities {
  if (kind === 'probabilities') return () => {}
  return channels === 1 ? sigmoid : softmax
}

/** Adds the probabilities that a look gives a row of the picture to `sums`, `[width, channels]`. */
function addRow(seen: PlacedView, y: number, sums: Float64Array, counts: Float64Array): void {
  const { view, shape, values, rows, columns } = seen
  const line = rowOf(values, shape, rows, y - view.y)
  const toProbabilities = probabilitiesOf(shape)
  const pixel = new Float64Array(shape.channels)
  for (let x = 0; x < view.width; x++) {
    const place = view.isMirrored ? view.width - 1 - x : x
    const left = columns.before[place] ?? 0
    const right = columns.after[place] ?? 0
    const weight = columns.weight[place] ?? 0
    for (let c = 0, start = 0; c < pixel.length; c++, start += shape.width) {
      const from = line[start + left] ?? 0
      pixel[c] = from + ((line[start + right] ?? 0) - from) * weight
    }
    toProbabilities(pixel)
    const at = (view.x + x) * shape.channels
    for (let c = 0; c < pixel.length; c++) sums[at + c] = (sums[at + c] ?? 0) + (pixel[c] ?? 0)
    counts[view.x + x] = (counts[view.x + x] ?? 0) + 1
  }
}

/** The class with the largest probability; channels of one class are added, of equal ones the last wins. */
function classPicker(classOf: readonly number[]) {
  const classes = [...new Set(classOf)].sort((a, b) => a - b)
  const slots = Int32Array.from(classOf, (index) => classes.indexOf(index))
  const totals = new Float64Array(classes.length)
  const [single = backgroundIndex] = classOf
  return (sums: Float64Array, at: number, count: number): number => {
    if (classOf.length === 1) return (sums[at] ?? 0) >= 0.5 * count ? single : backgroundIndex
    totals.fill(0)
    for (let c = 0; c < slots.length; c++) {
      const slot = slots[c] ?? 0
      totals[slot] = (totals[slot] ?? 0) + (sums[at + c] ?? 0)
    }
    let best = 0
    for (let slot = 1; slot < totals.length; slot++)
      if ((totals[slot] ?? 0) >= (totals[best] ?? 0)) best = slot
    return classes[best] ?? backgroundIndex
  }
}

/**
 * The mask of a picture from all looks at it, which together cover it. `classOf` is the class that each
 * channel stands for. Throws `bad-model` for answers that are not numbers.
 */
export function averagedMask(
  looks: readonly SeenView[],
  size: Size,
  classOf: readonly number[],
): ClassMask {
  for (const { values } of looks) requireNumbers(values)
  const placed = looks.map(
    (seen): PlacedView => ({
      ...seen,
      rows: axisTable(seen.view.height, seen.cover.y),
      columns: axisTable(seen.view.width, seen.cover.x),
    }),
  )
  const channels = classOf.length
  const sums = new Float64Array(size.width * channels)
  const counts = new Float64Array(size.width)
  const pick = classPicker(classOf)
  const data = new Uint8Array(size.width * size.height)
  for (let y = 0, at = 0; y < size.height; y++) {
    sums.fill(0)
    counts.fill(0)
    for (const seen of placed)
      if (y >= seen.view.y && y < seen.view.y + seen.view.height) addRow(seen, y, sums, counts)
    for (let x = 0; x < size.width; x++, at++) data[at] = pick(sums, x * channels, counts[x] ?? 0)
  }
  return { ...size, data }
}

/** Numbers of answers that are held at once, at most: a gigabyte of them. */
const mostValues = 2 ** 28

/** Throws `not-enough-memory` where the answers for one picture would not fit. */
export function requireRoom(values: number): void {
  if (values <= mostValues) return
  throw new AppError(
    'not-enough-memory',
    'the answers for one picture would take more than a gigabyte',
    'Choose less overlap, fewer scales or a smaller picture.',
  )
}
