/**
 * @file Sums of exponentials of bilinear functions over a block of pixels, without an exponential per
 * pixel: along a row exp(f) is a geometric progression, and its first term and its ratio are themselves
 * progressions from row to row. Every product rounds by 2⁻⁵³, so that a block of 32x32 pixels is
 * within 3e-13 of the definition.
 */
import type { Block } from './picture-block.ts'

/** Functions that one pass over a row adds at a time; it hides the latency of the products. */
const together = 4

/** exp(f) of several functions f over one block, row by row from the first. */
export class Progressions {
  #count = 0
  /** The largest magnitude of any function at a grid point; beyond 700, exp(f) may overflow. */
  reach = 0
  /** At the first pixel of the current row. */
  readonly #value: Float64Array
  /** Ratio to the pixel on the right, and to the one below. */
  readonly #right: Float64Array
  readonly #down: Float64Array
  /** Ratio of `right` to that of the row below. */
  readonly #twist: Float64Array

  constructor(functions: number) {
    const room = Math.ceil(functions / together) * together
    this.#value = new Float64Array(room)
    this.#right = new Float64Array(room)
    this.#down = new Float64Array(room)
    this.#twist = new Float64Array(room)
  }

  clear(): void {
    this.#count = 0
    this.reach = 0
  }

  /** Completes the last group with functions whose exponential is 0; after the last `add`. */
  complete(): void {
    for (let slot = this.#count; slot % together !== 0; slot++) {
      this.#value[slot] = 0
      // What is left of an earlier block might be infinite, and 0 times that is not 0.
      this.#right[slot] = this.#down[slot] = this.#twist[slot] = 0
    }
  }

  get isEmpty(): boolean {
    return this.#count === 0
  }

  /**
   * Adds a function by its values at the block's four grid points, `data[at … at + 4)`: upper left,
   * upper right, lower left, lower right.
   */
  add({ x, y }: Block, data: Float64Array, at: number): void {
    for (let corner = at; corner < at + 4; corner++)
      this.reach = Math.max(this.reach, Math.abs(data[corner] ?? 0))
    const upperLeft = data[at] ?? 0
    const perColumn = (data[at + 1] ?? 0) - upperLeft
    const perRow = (data[at + 2] ?? 0) - upperLeft
    const cross = (data[at + 3] ?? 0) - upperLeft - perColumn - perRow
    const across = perColumn + cross * y.weight
    const downwards = perRow + cross * x.weight
    const slot = this.#count++
    this.#value[slot] = Math.exp(upperLeft + perColumn * x.weight + downwards * y.weight)
    this.#right[slot] = Math.exp(across * x.step)
    this.#down[slot] = Math.exp(downwards * y.step)
    this.#twist[slot] = Math.exp(cross * x.step * y.step)
  }

  /** Adds the current row of every function to `out[from … end)`, then moves a row down. */
  addRow(out: Float64Array, from: number, end: number): void {
    const value = this.#value
    const right = this.#right
    const down = this.#down
    const twist = this.#twist
    for (let slot = 0; slot < this.#count; slot += together) {
      addGroup(value, right, slot, out, from, end)
      for (let at = slot; at < slot + together; at++) {
        value[at] = (value[at] ?? 0) * (down[at] ?? 0)
        right[at] = (right[at] ?? 0) * (twist[at] ?? 0)
      }
    }
  }
}

/** Adds a row of the functions from `slot` on; the inner loop of all scores. */
function addGroup(
  value: Float64Array,
  right: Float64Array,
  slot: number,
  out: Float64Array,
  from: number,
  end: number,
): void {
  let value0 = value[slot] ?? 0
  let value1 = value[slot + 1] ?? 0
  let value2 = value[slot + 2] ?? 0
  let value3 = value[slot + 3] ?? 0
  const right0 = right[slot] ?? 0
  const right1 = right[slot + 1] ?? 0
  const right2 = right[slot + 2] ?? 0
  const right3 = right[slot + 3] ?? 0
  for (let at = from; at < end; at++) {
    out[at] = (out[at] ?? 0) + (value0 + value1 + (value2 + value3))
    value0 *= right0
    value1 *= right1
    value2 *= right2
    value3 *= right3
  }
}
