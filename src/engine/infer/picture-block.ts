/** @file A small rectangle of the project's picture whose pixels all lie between the same grid points. */
import type { AxisRun } from './axis-runs.ts'

/** One axis of a block: `weight` of the grid point `high` at the first pixel, `step` more at each next. */
export interface BlockAxis {
  first: number
  length: number
  low: number
  high: number
  weight: number
  step: number
}

export interface Block {
  x: BlockAxis
  y: BlockAxis
}

/** The part of a run from pixel `first` to the one before `end`. */
export function blockAxis(run: AxisRun, first = run.first, end = run.end): BlockAxis {
  const { low, high, step } = run
  return {
    first,
    length: end - first,
    low,
    high,
    weight: run.weight + (first - run.first) * step,
    step,
  }
}

/** Where a block's probabilities are written: `data[offset + row * stride + column]`. */
export interface BlockTarget {
  data: Float64Array
  offset: number
  stride: number
}
