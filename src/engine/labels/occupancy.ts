/** @file Counted frames against true ones, region by region. */
import type { ClassMask } from '../../shared/mask.ts'
import type { PixelSpans } from '../infer/types.ts'
import { ratio } from '../metrics/ratio.ts'

/** Number of pixels of class `index` that lie in a region. */
export function pixelsInRegion(mask: ClassMask, { spans }: PixelSpans, index: number): number {
  let pixels = 0
  for (let at = 0; at < spans.length; at += 3) {
    const row = (spans[at] ?? 0) * mask.width
    const end = row + (spans[at + 2] ?? 0)
    for (let pixel = row + (spans[at + 1] ?? 0); pixel < end; pixel++)
      if (mask.data[pixel] === index) pixels++
  }
  return pixels
}

/**
 * How many person pixels make a region truly occupied: what the user says, otherwise the region's
 * threshold; never less than one pixel, which a threshold of 0 would mean.
 */
export function truthPixelsFor(threshold: number, chosen: number | null): number {
  return Math.max(chosen ?? threshold, 1)
}

/** One region in the frames that have truth; the lists run over the same frames. */
export interface RegionTruth {
  name: string
  /** Person pixels of the truth in the region. */
  pixels: ArrayLike<number>
  /** Occupied when it holds at least so many. */
  truthPixels: number
  /** 1 where the run counts the region as occupied. */
  counted: ArrayLike<number>
}

/** Frames by what is true and what was counted. */
export interface Outcomes {
  tp: number
  fp: number
  fn: number
  tn: number
}

export interface Agreement {
  precision: number | null
  recall: number | null
  f1: number | null
}

export interface RegionOccupancy extends Outcomes, Agreement {
  name: string
  /** Frames that were counted, and frames that are truly occupied. */
  counted: number
  true: number
}

/** Precision, recall and their harmonic mean; null where there is nothing to divide by. */
export function agreement({ tp, fp, fn }: Outcomes): Agreement {
  return {
    precision: ratio(tp, tp + fp),
    recall: ratio(tp, tp + fn),
    f1: ratio(2 * tp, 2 * tp + fp + fn),
  }
}

function isOccupied({ pixels, truthPixels }: RegionTruth, position: number): boolean {
  return (pixels[position] ?? 0) >= truthPixels
}

function regionOccupancy(region: RegionTruth): RegionOccupancy {
  const outcomes: Outcomes = { tp: 0, fp: 0, fn: 0, tn: 0 }
  for (let position = 0; position < region.pixels.length; position++) {
    const truly = isOccupied(region, position)
    if (region.counted[position]) outcomes[truly ? 'tp' : 'fp']++
    else outcomes[truly ? 'fn' : 'tn']++
  }
  const { tp, fp, fn } = outcomes
  const counts = { counted: tp + fp, true: tp + fn }
  return { name: region.name, ...outcomes, ...counts, ...agreement(outcomes) }
}

export interface Occupancy extends Agreement {
  rois: RegionOccupancy[]
}

/** Every region by itself, and all (region, frame) pairs together, each pair weighing the same. */
export function occupancy(regions: readonly RegionTruth[]): Occupancy {
  const rois = regions.map(regionOccupancy)
  const total = (outcome: keyof Outcomes) => rois.reduce((sum, roi) => sum + roi[outcome], 0)
  const all = { tp: total('tp'), fp: total('fp'), fn: total('fn'), tn: total('tn') }
  return { ...agreement(all), rois }
}

/** Positions at which the count is wrong. */
export interface Differences {
  /** Truly occupied, but not counted. */
  missed: number[]
  /** Counted, but not truly occupied. */
  spurious: number[]
}

export function differences(region: RegionTruth): Differences {
  const found: Differences = { missed: [], spurious: [] }
  for (let position = 0; position < region.pixels.length; position++) {
    const truly = isOccupied(region, position)
    if (truly !== Boolean(region.counted[position]))
      found[truly ? 'missed' : 'spurious'].push(position)
  }
  return found
}
