import { describe, expect, test } from 'vitest'
import { pictureToTape, tapeToPicture } from '../../src/shared/geometry.ts'
import { mapPolygon } from '../../src/shared/geometry-polygon.ts'
import type { PixelSpans } from '../../src/shared/pixel-spans.ts'
import { type RecipeRequest, recipeFor } from '../../src/shared/recipe-defaults.ts'
import { parseLens, parseSize, parseView } from '../../src/shared/recipe-text.ts'
import type { Point } from '../../src/shared/region.ts'
import { rasterise } from '../../src/shared/region-raster.ts'

const tape = { width: 400, height: 400 }
const lens = parseLens('205,198,190')
const recipe = (request: RecipeRequest) => recipeFor(request, tape)
const whole = recipe({})
const down = recipe({ lens, view: parseView('0,0,0,100'), size: parseSize('300x300') })
const aside = recipe({ lens, view: parseView('40,-20,15,90'), size: parseSize('320x240') })

/** Even-odd rule, straight from its definition. */
function isInside(polygon: readonly Point[], [x, y]: Point): boolean {
  return polygon.reduce((inside, [endX, endY], i) => {
    const [startX, startY] = polygon.at(i - 1) ?? [0, 0]
    const isCrossed = startY > y !== endY > y
    const at = startX + ((y - startY) / (endY - startY)) * (endX - startX)
    return isCrossed && x < at ? !inside : inside
  }, false)
}

function contains({ spans }: PixelSpans, column: number, row: number): boolean {
  for (let i = 0; i < spans.length; i += 3)
    if (spans[i] === row && column >= (spans[i + 1] ?? 0) && column < (spans[i + 2] ?? 0))
      return true
  return false
}

describe('A polygon mapped to another recipe', () => {
  const polygon: Point[] = [
    [150, 60],
    [330, 130],
    [260, 300],
    [220, 170],
    [90, 280],
  ]

  test.each([
    ['from the tape to a view', whole, down],
    ['from a view to the tape', down, whole],
    ['from one view to another that shows a part of it', down, aside],
  ])('holds the same places, its edges bent: %s', (_, from, to) => {
    const spans = rasterise(mapPolygon(polygon, from, to), to.size)
    const toTape = pictureToTape(to)
    const toOriginal = tapeToPicture(from)
    let [inside, wrong] = [0, 0]
    for (let row = 0; row < to.size.height; row += 3)
      for (let column = 0; column < to.size.width; column += 3) {
        const back = toOriginal(...toTape(column + 0.5, row + 0.5))
        const expected = back !== null && isInside(polygon, back)
        if (expected) inside++
        if (expected !== contains(spans, column, row)) wrong++
      }
    expect(inside).toBeGreaterThan(500)
    expect(wrong).toBeLessThan(inside / 500)
  })

  test('has the same pixels where nothing changes', () => {
    const here = rasterise(polygon, whole.size)
    expect(rasterise(mapPolygon(polygon, whole, whole), whole.size)).toEqual(here)
  })

  test('fills the picture when it goes around all that the view shows, also behind it', () => {
    const everything: Point[] = [
      [0, 0],
      [400, 0],
      [400, 400],
      [0, 400],
    ]
    const { width, height } = aside.size
    const mapped = mapPolygon(everything, whole, aside)
    expect(rasterise(mapped, aside.size).area).toBe(width * height)
  })

  test('keeps its hole where a large region surrounds the place that the view shows', () => {
    const slotted: Point[] = [
      [0, 0],
      [400, 0],
      [400, 190],
      [230, 190],
      [230, 210],
      [400, 210],
      [400, 400],
      [0, 400],
    ]
    const right = recipe({ lens, view: parseView('45,0,0,40'), size: parseSize('100x100') })
    const spans = rasterise(mapPolygon(slotted, whole, right), right.size)
    expect([contains(spans, 50, 10), contains(spans, 50, 52), contains(spans, 50, 90)]).toEqual([
      true,
      false,
      true,
    ])
  })

  test('is empty where the view does not look', () => {
    const right = recipe({ lens, view: parseView('80,0,0,60') })
    const atTheLeft: Point[] = [
      [30, 180],
      [50, 180],
      [50, 220],
      [30, 220],
    ]
    expect(mapPolygon(atTheLeft, whole, right)).toEqual([])
  })
})
