/** @file A rectangle of the project's picture whose pixels all lie between the same grid points. */
import type { AxisRun } from './axis-runs.ts'

export interface Block {
  x: AxisRun
  y: AxisRun
}

/** Where a block's probabilities are written: `data[offset + row * stride + column]`. */
export interface BlockTarget {
  data: Float64Array
  offset: number
  stride: number
}

/** Writes the person probability of one block of the picture, from the values of the output tensor. */
export type BlockProbability = (values: Float32Array, block: Block, target: BlockTarget) => void
