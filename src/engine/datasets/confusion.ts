/** @file Two sides of masks compared pixel by pixel, and the pictures behind each cell of it. */
import type { Confusion, MaskSide } from '../../shared/contract/datasets.ts'
import { AppError } from '../../shared/errors.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Project } from '../db/handle.ts'
import { confusionOf } from '../metrics/confusion.ts'
import { pixelScores } from '../metrics/pixel-scores.ts'
import { eachInTurn } from './mask-facts.ts'
import {
  fingerprintOf,
  masksOfSide,
  partnersAmong,
  pixelsOfSide,
  type SideMask,
} from './mask-sides.ts'

export interface Sides {
  truth: MaskSide
  prediction: MaskSide
}

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
class CellCounter {
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

type Left = Confusion['left'][number]

/** Compares one mask of the truth; says why where there is nothing to compare it with. */
function compareOne(
  project: Project,
  counter: CellCounter,
  mask: SideMask,
  partner: SideMask | undefined,
): Left | null {
  if (!partner) return { file: mask.name, why: 'has no mask on the other side' }
  const [truth, predicted] = [pixelsOfSide(project, mask), pixelsOfSide(project, partner)]
  if (!truth || !predicted) return { file: mask.name, why: 'its mask is gone' }
  if (truth.width !== predicted.width || truth.height !== predicted.height)
    return {
      file: mask.name,
      why: `is ${truth.width}x${truth.height}, on the other side ${predicted.width}x${predicted.height}`,
    }
  counter.add(mask.position, truth.data, predicted.data)
  return null
}

async function compare(
  project: Project,
  masks: readonly SideMask[],
  others: readonly SideMask[],
  work: LongWork,
): Promise<Comparison> {
  const partner = partnersAmong(others)
  const counter = new CellCounter()
  const left: Left[] = []
  await eachInTurn(masks, 'compare', work, (mask) => {
    const why = compareOne(project, counter, mask, partner(mask))
    if (why) left.push(why)
  })
  const { totals, cells } = counter
  const classes = classesIn(totals)
  const counts = classes.map((t) => classes.map((p) => totals[(t << 8) | p] ?? 0))
  const scores = pixelScores(counts)
  for (const images of cells.values()) images.sort((a, b) => b.pixels - a.pixels)
  return {
    confusion: {
      ...{ classes, ...confusionOf(counts), images: masks.length - left.length },
      ...{ left: left.slice(0, mostNamed), leftCount: left.length },
      ...{ pixelAccuracy: scores.pixelAccuracy, meanIou: scores.meanIou },
      ious: scores.classes.map(({ iou }) => iou),
    },
    cells,
  }
}

/** The last comparison: a click on one of its cells need not make it again. */
let last: { key: string; comparison: Comparison } | null = null

/**
 * Compares the masks of two sides.
 * @throws AppError `bad-value` when there is nothing to compare, `cancelled`
 */
export async function compareSides(
  project: Project,
  { truth, prediction }: Sides,
  work: LongWork,
): Promise<Comparison> {
  const [masks, others] = [masksOfSide(project, truth), masksOfSide(project, prediction)]
  const key = JSON.stringify([
    project.dir,
    truth,
    prediction,
    ...[masks, others].map(fingerprintOf),
  ])
  if (last?.key === key) return last.comparison
  const comparison = await compare(project, masks, others, work)
  if (comparison.confusion.images === 0) {
    const [first] = comparison.confusion.left
    throw new AppError(
      'bad-value',
      first ? `no two masks belong together: ${first.file} ${first.why}` : 'the truth has no masks',
      'Choose sets whose pictures have the same names and sizes.',
    )
  }
  last = { key, comparison }
  return comparison
}
