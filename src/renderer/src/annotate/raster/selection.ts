/** @file A set of pixels that a tool has picked, as runs of rows, on its way into a mask. */
import type { Size } from '../../../../shared/recipe.ts'
import { between, type Dirty } from './rect.ts'

const runFields = 3

/** Pixels of a picture of one size. Runs may overlap and come in any order. */
export class Selection {
  readonly width: number
  readonly height: number
  #runs = new Int32Array(256 * runFields)
  #length = 0
  #left = Number.POSITIVE_INFINITY
  #top = Number.POSITIVE_INFINITY
  #right = 0
  #bottom = 0

  constructor({ width, height }: Size) {
    this.width = width
    this.height = height
  }

  /** Triples (row, first column, column after the last). */
  get runs(): Int32Array {
    return this.#runs.subarray(0, this.#length)
  }

  get bounds(): Dirty {
    return this.#length === 0 ? null : between(this.#left, this.#top, this.#right, this.#bottom)
  }

  /** Adds the columns from `first` up to `end` of a row; what lies outside the picture is left out. */
  add(row: number, first: number, end: number): void {
    const from = Math.max(0, first)
    const to = Math.min(this.width, end)
    if (row < 0 || row >= this.height || from >= to) return
    if (this.#length + runFields > this.#runs.length) this.#grow()
    this.#runs[this.#length++] = row
    this.#runs[this.#length++] = from
    this.#runs[this.#length++] = to
    if (from < this.#left) this.#left = from
    if (to > this.#right) this.#right = to
    if (row < this.#top) this.#top = row
    if (row >= this.#bottom) this.#bottom = row + 1
  }

  addAll(other: Selection): void {
    const { runs } = other
    for (let i = 0; i < runs.length; i += runFields)
      this.add(runs[i] ?? 0, runs[i + 1] ?? 0, runs[i + 2] ?? 0)
  }

  /** Calls with the offset of the first pixel and of the one after the last of each run. */
  forEachRun(visit: (from: number, to: number) => void): void {
    const { runs, width } = this
    for (let i = 0; i < runs.length; i += runFields) {
      const start = (runs[i] ?? 0) * width
      visit(start + (runs[i + 1] ?? 0), start + (runs[i + 2] ?? 0))
    }
  }

  #grow(): void {
    const larger = new Int32Array(2 * this.#runs.length)
    larger.set(this.#runs)
    this.#runs = larger
  }
}

/** The pixels of `selection` that a rule accepts. */
export function filterSelection(
  selection: Selection,
  accepts: (offset: number) => boolean,
): Selection {
  const kept = new Selection(selection)
  selection.forEachRun((from, to) => {
    const row = Math.floor(from / selection.width)
    const start = row * selection.width
    for (let offset = from; offset < to; offset++) {
      if (!accepts(offset)) continue
      const first = offset
      while (offset < to && accepts(offset)) offset++
      kept.add(row, first - start, offset - start)
    }
  })
  return kept
}
