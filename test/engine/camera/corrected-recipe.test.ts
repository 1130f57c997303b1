import { describe, expect, it } from 'vitest'
import { correctedRecipe } from '../../../src/engine/camera/corrected-recipe.ts'
import { moved } from '../../../src/engine/camera/similarity.ts'
import { pictureToTape } from '../../../src/shared/geometry.ts'
import type { Recipe } from '../../../src/shared/recipe.ts'
import fc from '../../fixtures/fast-check.ts'

const tape = { width: 1000, height: 800 }

const lensRecipe = (yaw: number, pitch: number, roll: number): Recipe => ({
  lens: { cx: 490, cy: 410, radius: 380, fov: 180, projection: 'equidistant' },
  view: { yaw, pitch, roll, hfov: 90, vfov: 90 },
  viewSize: { width: 400, height: 400 },
  crop: { x: 20, y: 30, width: 300, height: 320 },
  size: { width: 300, height: 320 },
})

const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true })
const similarities = fc.record({
  shift: fc.record({ x: angle(80), y: angle(80) }),
  rotation: angle(30),
  zoom: fc.double({ min: 0.8, max: 1.2, noNaN: true }),
})

/** How far apart the tape points are that a pixel of the picture shows before and after. */
function errorOf(recipe: Recipe, corrected: Recipe, map: ReturnType<typeof moved>): number {
  const [before, after] = [pictureToTape(recipe), pictureToTape(corrected)]
  const errors = [10, 150, 290].flatMap((x) =>
    [15, 160, 300].map((y) => {
      const [u, v] = map(...before(x, y))
      const [p, q] = after(x, y)
      return Math.hypot(u - p, v - q)
    }),
  )
  return Math.max(...errors)
}

describe('the recipe for a camera that has moved', () => {
  it('shows every pixel of a fisheye picture where it went', () => {
    fc.assert(
      fc.property(
        similarities,
        angle(180),
        angle(89),
        angle(180),
        (similarity, yaw, pitch, roll) => {
          const recipe = lensRecipe(yaw, pitch, roll)
          const { recipe: corrected, rotationLeft } = correctedRecipe(recipe, similarity, tape)
          expect(rotationLeft).toBe(0)
          expect(errorOf(recipe, corrected, moved(similarity, tape))).toBeLessThan(1e-4)
        },
      ),
    )
  })

  it.each([90, -90])('turns a view that looks straight to the side (%d°) as well', (pitch) => {
    const similarity = { shift: { x: 3, y: 4 }, rotation: 12, zoom: 1 }
    const recipe = lensRecipe(20, pitch, 30)
    const { recipe: corrected } = correctedRecipe(recipe, similarity, tape)
    expect(errorOf(recipe, corrected, moved(similarity, tape))).toBeLessThan(1e-3)
  })

  it('moves and scales the crop where there is no lens, and says what stays turned', () => {
    const recipe: Recipe = {
      ...{ lens: null, view: null, viewSize: null },
      crop: { x: 300, y: 200, width: 400, height: 400 },
      size: { width: 320, height: 320 },
    }
    const similarity = { shift: { x: 10, y: -6 }, rotation: 0, zoom: 1.1 }
    const { recipe: corrected } = correctedRecipe(recipe, similarity, tape)
    expect(corrected.crop).toEqual({ x: 290, y: 174, width: 440, height: 440 })
    const turned = correctedRecipe(recipe, { ...similarity, rotation: 3 }, tape)
    expect(turned.rotationLeft).toBe(3)
  })

  it('keeps the crop within the tape', () => {
    const recipe: Recipe = {
      ...{ lens: null, view: null, viewSize: null },
      crop: { x: 0, y: 0, width: 1000, height: 800 },
      size: { width: 320, height: 256 },
    }
    const similarity = { shift: { x: 40, y: 30 }, rotation: 0, zoom: 1.05 }
    const { recipe: corrected } = correctedRecipe(recipe, similarity, tape)
    expect(corrected.crop).toEqual({ x: 0, y: 0, width: 1000, height: 800 })
  })
})
