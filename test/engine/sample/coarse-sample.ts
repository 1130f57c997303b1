/** @file The sample at a quarter of its size and without a tape: quick enough to look at every frame. */

import { warpNearest } from '../../../src/engine/preprocess/warp-mask.ts'
import { drawBackground } from '../../../src/engine/sample/draw/background.ts'
import { ceilingCamera } from '../../../src/engine/sample/draw/camera.ts'
import { Painter } from '../../../src/engine/sample/draw/painter.ts'
import { randomFrom } from '../../../src/engine/sample/random.ts'
import { scenery, shift } from '../../../src/engine/sample/shift.ts'
import { type Truth, TruthKeeper } from '../../../src/engine/sample/truth.ts'
import { sampleRecipe, sampleRegions } from '../../../src/engine/sample/view.ts'
import { regionSchema } from '../../../src/shared/region.ts'
import { countSpans } from '../../../src/shared/region-raster.ts'

const size = 256
const framesPerSecond = 15

export interface CoarseSample {
  truth: Truth
  /** Brightness of each region's pixels in the recipe's picture: `[region][frame][pixel]`. */
  regions: Uint8Array[][]
}

const camera = ceilingCamera(size)
const recipe = sampleRecipe(camera)
const outlines = sampleRegions(camera, recipe)
const spans = countSpans(
  outlines.map((region) => regionSchema.parse(region)),
  recipe.size,
)

/** The pixels of a region, one after the other. */
function pick(picture: Uint8Array, region: (typeof spans)[number]): Uint8Array {
  const picked = new Uint8Array(region.area)
  let used = 0
  for (let at = 0; at < region.spans.length; at += 3) {
    const row = (region.spans[at] ?? 0) * region.width
    const part = picture.subarray(
      row + (region.spans[at + 1] ?? 0),
      row + (region.spans[at + 2] ?? 0),
    )
    picked.set(part, used)
    used += part.length
  }
  return picked
}

export function drawCoarsely(seed: number, frames: number): CoarseSample {
  const random = randomFrom(seed)
  const next = shift(random.fork(), framesPerSecond)
  const painter = new Painter(drawBackground(camera, scenery()), random.fork())
  const tape = { width: size, height: size }
  const keeper = new TruthKeeper(tape, recipe, outlines)
  const regions: Uint8Array[][] = outlines.map(() => [])
  const grey = new Uint8Array(size * size)
  for (let frame = 0; frame < frames; frame++) {
    const { actors, levels } = next()
    const { picture, mask } = painter.paint(actors, levels)
    keeper.add(mask)
    for (let pixel = 0; pixel < grey.length; pixel++)
      grey[pixel] =
        ((picture[pixel * 3] ?? 0) +
          (picture[pixel * 3 + 1] ?? 0) +
          (picture[pixel * 3 + 2] ?? 0)) /
        3
    const seen = warpNearest(grey, tape, recipe)
    spans.forEach((region, index) => {
      regions[index]?.push(pick(seen, region))
    })
  }
  return { truth: keeper.truth(framesPerSecond), regions }
}

function medianOf(frames: readonly Uint8Array[]): Uint8Array {
  const values = new Uint8Array(frames.length)
  return Uint8Array.from(frames[0] ?? [], (_, pixel) => {
    frames.forEach((frame, index) => {
      values[index] = frame[pixel] ?? 0
    })
    return values.sort()[values.length >> 1] ?? 0
  })
}

/**
 * The best F1 of occupancy that subtracting the median of the tape can reach, over every threshold
 * of brightness and several numbers of pixels.
 */
export function bestDifferenceF1({ truth, regions }: CoarseSample): {
  f1: number
  threshold: number
  pixels: number
  rois: string
} {
  const numbers = [
    truth.truthPixels / 4,
    truth.truthPixels,
    truth.truthPixels * 2,
    truth.truthPixels * 4,
  ]
  const medians = regions.map((frames) => medianOf(frames.filter((_, frame) => frame % 6 === 0)))
  const occupied = truth.rois.map((roi) => new Set(roi.occupied))
  let best = { f1: 0, threshold: 0, pixels: 0, rois: '' }
  for (let threshold = 4; threshold < 120; threshold += 4) {
    const counts = regions.map((frames, index) =>
      frames.map((frame) => {
        let count = 0
        const median = medians[index] ?? frame
        for (let pixel = 0; pixel < frame.length; pixel++)
          if (Math.abs((frame[pixel] ?? 0) - (median[pixel] ?? 0)) > threshold) count++
        return count
      }),
    )
    for (const pixels of numbers) {
      const outcome = { hit: 0, wrong: 0 }
      const rois: string[] = []
      counts.forEach((list, index) => {
        let hit = 0,
          wrong = 0
        list.forEach((count, frame) => {
          const truly = occupied[index]?.has(frame) ?? false
          if (truly && count > pixels) hit++
          else if (truly !== count > pixels) wrong++
        })
        rois.push(((2 * hit) / (2 * hit + wrong)).toFixed(2))
        outcome.hit += hit
        outcome.wrong += wrong
      })
      const f1 = (2 * outcome.hit) / (2 * outcome.hit + outcome.wrong)
      if (f1 > best.f1) best = { f1, threshold, pixels, rois: rois.join(' ') }
    }
  }
  return best
}
