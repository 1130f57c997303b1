import { describe, expect, it } from 'vitest'
import { renderOnProcessor } from '../../../src/renderer/src/tape/preview/render-cpu.ts'
import { plainRecipe, withFisheye } from '../../../src/renderer/src/tape/recipe-edits.ts'
import { pictureToTape } from '../../../src/shared/geometry.ts'

/** Red grows to the right, green downwards. */
function ramp(width: number, height: number) {
  const data = new Uint8ClampedArray(4 * width * height)
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i += 4) data.set([2 * x, 2 * y, 0, 255], i)
  return { width, height, data }
}

describe('the preview without a graphics processor', () => {
  const source = ramp(100, 100)

  it('changes nothing where the recipe changes nothing', () => {
    const recipe = plainRecipe(source)
    expect(renderOnProcessor(source, recipe, recipe.size).data).toEqual(source.data)
  })

  it('shows each place of the tape where the recipe maps it to', () => {
    const recipe = withFisheye(source)
    const size = { width: 40, height: 30 }
    const { data } = renderOnProcessor(source, recipe, size)
    const [x, y] = [31, 7]
    const toTape = pictureToTape(recipe)
    const [column, row] = toTape(
      ((x + 0.5) * recipe.size.width) / size.width,
      ((y + 0.5) * recipe.size.height) / size.height,
    )
    const at = 4 * (y * size.width + x)
    expect(Math.abs((data[at] ?? 0) - 2 * (column - 0.5))).toBeLessThan(1)
    expect(Math.abs((data[at + 1] ?? 0) - 2 * (row - 0.5))).toBeLessThan(1)
  })

  it('is black where the tape shows nothing', () => {
    const recipe = withFisheye(source, {
      cx: 0,
      cy: 0,
      radius: 50,
      fov: 180,
      projection: 'equidistant',
    })
    const { data } = renderOnProcessor(source, recipe, { width: 20, height: 20 })
    expect([...data.slice(0, 4)]).toEqual([0, 0, 0, 255])
  })
})
