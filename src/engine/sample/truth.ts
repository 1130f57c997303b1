/** @file What is true of the sample: in which frames each region is occupied. */

import { defaultRule } from '../../shared/count/rule.ts'
import type { Recipe, Size } from '../../shared/recipe.ts'
import { regionSchema } from '../../shared/region.ts'
import { countSpans } from '../../shared/region-raster.ts'
import { pixelsInRegion } from '../labels/occupancy.ts'
import { warpNearest } from '../preprocess/warp-mask.ts'
import type { SampleRegion } from './view.ts'

/** The value of people in the sample's masks. */
export const personValue = 255

export interface RegionTruth {
  name: string
  /** Frame numbers, ascending. */
  occupied: number[]
  /** Occupied frames as a share of all. */
  share: number
  /** Maximal stretches of occupied frames. */
  entries: number
}

/** The content of `truth.json`. */
export interface Truth {
  frames: number
  framesPerSecond: number
  /** A region is occupied when it holds at least so many person pixels of the recipe's picture. */
  truthPixels: number
  rois: RegionTruth[]
}

/** Takes the masks of all frames in order, in tape pixels, and says what they mean. */
export class TruthKeeper {
  readonly #tape: Size
  readonly #recipe: Recipe
  readonly #truthPixels: number
  readonly #regions: {
    name: string
    pixels: ReturnType<typeof countSpans>[number]
    occupied: number[]
  }[]
  #frames = 0

  constructor(tape: Size, recipe: Recipe, regions: readonly SampleRegion[]) {
    this.#tape = tape
    this.#recipe = recipe
    this.#truthPixels = Math.ceil(defaultRule(recipe.size).threshold)
    const spans = countSpans(
      regions.map((region) => regionSchema.parse(region)),
      recipe.size,
    )
    this.#regions = spans.map((pixels, index) => ({
      name: regions[index]?.name ?? '',
      pixels,
      occupied: [],
    }))
  }

  add(mask: Uint8Array): void {
    const data = warpNearest(mask, this.#tape, this.#recipe)
    for (const { pixels, occupied } of this.#regions)
      if (pixelsInRegion({ ...this.#recipe.size, data }, pixels, personValue) >= this.#truthPixels)
        occupied.push(this.#frames)
    this.#frames++
  }

  truth(framesPerSecond: number): Truth {
    return {
      frames: this.#frames,
      framesPerSecond,
      truthPixels: this.#truthPixels,
      rois: this.#regions.map(({ name, occupied }) => ({
        name,
        occupied,
        share: occupied.length / Math.max(1, this.#frames),
        entries: occupied.filter((frame, index) => occupied[index - 1] !== frame - 1).length,
      })),
    }
  }
}
