/** @file Pixels counted by pairs of classes, and the pictures behind each pair. */
import type { Confusion } from '../../shared/contract/datasets.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { confusionOf } from '../metrics/confusion.ts'
import { pixelScores } from '../metrics/pixel-scores.ts'

/** Pixels of a picture of the truth in one cell. */
export interface CellImage {
  position: number
  pixels: number
}

export interface Comparison {
  confusion: Confusion
  /** By `truth << 8 | prediction`, most pixels first. */
  cells: ReadonlyMap<number, readonly CellImage[]>
}

/** Of pictures that could not be compared, so many are named. */
const mostNamed = 200

/** Counts pairs of values, picture by picture. */
export class CellCounter {
  readonly #joint = new Float64Array(256 * 256)
  readonly totals = new Float64Array(256 * 256)
  readonly cells = new Map<number, CellImage[]>()

  add(position: number, truth: Uint8Array, predicted: Uint8Array): void {
    const touched: number[] = []
    for (let i = 0; i < truth.length; i++) {
      const cell = ((truth[i] ?? 0) << 8) | (predicted[i] ?? 0)
      const before = this.#joint[cell] ?? 0
      if (before === 0) touched.push(cell)
      this.#joint[cell] = before + 1
    }
    for (const cell of touched) {
      const pixels = this.#joint[cell] ?? 0
      this.#joint[cell] = 0
      this.totals[cell] = (this.totals[cell] ?? 0) + pixels
      const images = this.cells.get(cell)
      if (images) images.push({ position, pixels })
      else this.cells.set(cell, [{ position, pixels }])
    }
  }
}

/** The classes that occur on either side, "ignore" left out. */
function classesIn(totals: Float64Array): number[] {
  const seen = new Set<number>()
  for (const [cell, pixels] of totals.entries()) if (pixels > 0) seen.add(cell >> 8).add(cell & 255)
  return [...seen].filter((index) => index !== ignoreIndex).sort((a, b) => a - b)
}

/** A picture of the truth that could not be compared, and why. */
export type Left = Confusion['left'][number]

/** What was counted of `images` masks of the truth, of which some could not be compared. */
export function comparisonOf(
  { totals, cells }: CellCounter,
  images: number,
  left: readonly Left[],
): Comparison {
  const classes = classesIn(totals)
  const counts = classes.map((t) => classes.map((p) => totals[(t << 8) | p] ?? 0))
  const scores = pixelScores(counts)
  for (const pictures of cells.values()) pictures.sort((a, b) => b.pixels - a.pixels)
  return {
    confusion: {
      ...{ classes, ...confusionOf(counts), images: images - left.length },
      ...{ left: left.slice(0, mostNamed), leftCount: left.length },
      ...{ pixelAccuracy: scores.pixelAccuracy, meanIou: scores.meanIou },
      ious: scores.classes.map(({ iou }) => iou),
    },
    cells,
  }
}
