import { describe, expect, test } from 'vitest'
import { pictureToTape, tapeToPicture } from '../../src/shared/geometry.ts'
import type { Recipe, Size } from '../../src/shared/recipe.ts'
import { recipeFor } from '../../src/shared/recipe-defaults.ts'
import { parseCrop, parseLens, parseSize, parseView } from '../../src/shared/recipe-text.ts'
import type { Point } from '../../src/shared/region.ts'
import fc from '../fixtures/fast-check.ts'

const tape: Size = { width: 1000, height: 800 }

/** A view of a lens that images 90 degrees on 400 tape pixels around (500, 400). */
function viewOf(view: string): Recipe {
  const lens = parseLens('500,400,400,180')
  return recipeFor({ lens, view: parseView(view), size: parseSize('200x200') }, tape)
}

/** The point, to be compared to a millionth of a pixel. */
const near = ([x, y]: Point) => [expect.closeTo(x, 6), expect.closeTo(y, 6)]

describe('A view straight ahead', () => {
  test('has the optical axis in its middle', () => {
    expect(pictureToTape(viewOf('0,0,0,90'))(100, 100)).toEqual(near([500, 400]))
  })

  test('shows at its edges what is half its field of view off the axis', () => {
    const toTape = pictureToTape(viewOf('0,0,0,90,60'))
    expect(toTape(200, 100)).toEqual(near([700, 400]))
    expect(toTape(100, 0)).toEqual(near([500, 400 - 400 / 3]))
  })

  test('keeps the optical axis where it is when a part is cropped', () => {
    const request = { lens: parseLens('500,400,400'), view: parseView('0,0,0,90') }
    const crop = parseCrop('300,350,200,100')
    const recipe = recipeFor({ ...request, crop, size: parseSize('400x200') }, tape)
    expect(recipe.viewSize).toEqual({ width: 800, height: 800 })
    expect(pictureToTape(recipe)(200, 100)).toEqual(near([500, 400]))
  })
})

describe('A view is turned', () => {
  test.each<[string, string, Point, Point]>([
    ['to the right by yaw', '30,0,0,90', [100, 100], [500 + 400 / 3, 400]],
    ['up by pitch', '0,45,0,90', [100, 100], [500, 200]],
    ['about the yawed axis by pitch', '90,90,0,90', [100, 100], [500, 0]],
    [
      'clockwise by roll: what is above the axis appears at the right',
      '0,0,90,90',
      [200, 100],
      [500, 200],
    ],
    ['about its own axis by roll', '30,0,40,90', [100, 100], [500 + 400 / 3, 400]],
  ])('%s', (_, view, picturePoint, tapePoint) => {
    expect(pictureToTape(viewOf(view))(...picturePoint)).toEqual(near(tapePoint))
    expect(tapeToPicture(viewOf(view))(...tapePoint)).toEqual(near(picturePoint))
  })
})

describe('The mapping', () => {
  const angle = fc.double({ min: -170, max: 170, noNaN: true })
  const share = fc.double({ min: 0, max: 1, noNaN: true })

  const recipes = fc
    .record({
      lens: fc.option(
        fc.record({
          cx: fc.double({ min: 0, max: tape.width, noNaN: true }),
          cy: fc.double({ min: 0, max: tape.height, noNaN: true }),
          radius: fc.double({ min: 100, max: 900, noNaN: true }),
          fov: fc.double({ min: 60, max: 360, noNaN: true }),
          projection: fc.constant('equidistant' as const),
        }),
        { nil: undefined },
      ),
      view: fc.record({
        yaw: angle,
        pitch: angle,
        roll: angle,
        hfov: fc.double({ min: 5, max: 140, noNaN: true }),
        vfov: fc.double({ min: 5, max: 140, noNaN: true }),
      }),
      crop: fc.option(
        fc.record({
          x: fc.nat(50),
          y: fc.nat(50),
          width: fc.integer({ min: 20, max: 140 }),
          height: fc.integer({ min: 20, max: 140 }),
        }),
        { nil: undefined },
      ),
      size: fc.record({
        width: fc.integer({ min: 8, max: 900 }),
        height: fc.integer({ min: 8, max: 900 }),
      }),
    })
    .map(({ lens, view, crop, size }) => {
      const recipe = recipeFor({ lens, view: lens && view, size }, tape)
      return {
        ...recipe,
        crop: crop ?? recipe.crop,
        viewSize: lens ? { width: 190, height: 190 } : null,
      }
    })

  test('of any point of the picture leads to the tape and back', () => {
    fc.assert(
      fc.property(recipes, share, share, (recipe, u, v) => {
        const point: Point = [u * recipe.size.width, v * recipe.size.height]
        const [x, y] = tapeToPicture(recipe)(...pictureToTape(recipe)(...point)) ?? [0, 0]
        expect(x).toBeCloseTo(point[0], 4)
        expect(y).toBeCloseTo(point[1], 4)
      }),
    )
  })

  test('shows nothing of what lies behind the view', () => {
    const toPicture = tapeToPicture(viewOf('60,0,0,90'))
    expect(toPicture(500 - 400 / 2, 400)).toBeNull()
    expect(toPicture(500 - 400 / 4, 400)).not.toBeNull()
    expect(tapeToPicture(viewOf('180,0,0,90'))(5000, 400)).toBeNull()
  })

  test('scales edges onto edges where there is no lens', () => {
    const recipe = recipeFor({ crop: parseCrop('100,50,400,200'), size: parseSize('200x50') }, tape)
    expect(pictureToTape(recipe)(0, 0)).toEqual([100, 50])
    expect(pictureToTape(recipe)(200, 50)).toEqual([500, 250])
    expect(tapeToPicture(recipe)(101, 52)).toEqual([0.5, 0.5])
  })
})
