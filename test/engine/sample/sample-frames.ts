/** @file Frames of the default sample without a tape, smaller and fewer, for looking at all of it. */
import { drawBackground } from '../../../src/engine/sample/draw/background.ts'
import { ceilingCamera } from '../../../src/engine/sample/draw/camera.ts'
import { emptyFrame, type Frame } from '../../../src/engine/sample/draw/frame.ts'
import { Painter } from '../../../src/engine/sample/draw/painter.ts'
import { randomFrom } from '../../../src/engine/sample/random.ts'
import { sampleDefaults } from '../../../src/engine/sample/render-sample.ts'
import { scenery, shift } from '../../../src/engine/sample/shift.ts'
import { type Truth, TruthKeeper } from '../../../src/engine/sample/truth.ts'
import { sampleRecipe, sampleRegions } from '../../../src/engine/sample/view.ts'
import type { PixelSpans } from '../../../src/shared/pixel-spans.ts'
import type { Recipe, Size } from '../../../src/shared/recipe.ts'
import { regionSchema } from '../../../src/shared/region.ts'
import { countSpans } from '../../../src/shared/region-raster.ts'

export interface SampleFrames {
  tape: Size
  recipe: Recipe
  /** Pixels of each region in the recipe's picture. */
  regions: PixelSpans[]
  /** Every `step`-th frame; a frame is valid until the next. */
  frames(): Generator<Frame>
  /** What is true of the frames so far; positions in their list stand for frame numbers. */
  truth(): Truth
}

export function sampleFrames(size: number, step: number): SampleFrames {
  const { seed, frames, framesPerSecond } = sampleDefaults
  const camera = ceilingCamera(size)
  const tape = { width: size, height: size }
  const recipe = sampleRecipe(camera)
  const outlines = sampleRegions(camera, recipe)
  const keeper = new TruthKeeper(tape, recipe, outlines)
  return {
    tape,
    recipe,
    regions: countSpans(
      outlines.map((outline) => regionSchema.parse(outline)),
      recipe.size,
    ),
    truth: () => keeper.truth(framesPerSecond),
    *frames() {
      const random = randomFrom(seed)
      const next = shift(random.fork(), framesPerSecond)
      const painter = new Painter(drawBackground(camera, scenery()), random.fork())
      const frame = emptyFrame(size)
      for (let index = 0; index < frames; index++) {
        const { actors, levels } = next()
        if (index % step !== 0) continue
        painter.paint(actors, levels, frame)
        keeper.add(frame.mask)
        yield frame
      }
    },
  }
}

/** F1 of all pairs of a region and a frame; `counted[region][position]`. */
export function occupancyF1(truth: Truth, counted: readonly (readonly boolean[])[]): number {
  let hits = 0
  let errors = 0
  truth.rois.forEach(({ occupied }, region) => {
    const truly = new Set(occupied)
    counted[region]?.forEach((yes, position) => {
      if (yes && truly.has(position)) hits++
      else if (yes !== truly.has(position)) errors++
    })
  })
  return (2 * hits) / (2 * hits + errors)
}
