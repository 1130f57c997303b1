import { describe, expect, it } from 'vitest'
import {
  ceilingCamera,
  project,
  sampleDirections,
  samplesPerSide,
} from '../../../src/engine/sample/draw/camera.ts'
import { sampleRecipe } from '../../../src/engine/sample/view.ts'
import { tapeToPicture } from '../../../src/shared/geometry.ts'
import fc from '../../fixtures/fast-check.ts'

describe('the ceiling camera', () => {
  const camera = ceilingCamera(128)

  it('sees along each sample what it projects there', () => {
    const directions = sampleDirections(camera)
    const side = 128 * samplesPerSide
    const [x, y, z] = camera.position
    const sample = fc.tuple(
      fc.nat(side - 1),
      fc.nat(side - 1),
      fc.double({ min: 0.5, max: 9, noNaN: true }),
    )
    fc.assert(
      fc.property(sample, ([column, row, far]) => {
        const at = (row * side + column) * 3
        const [dx = 0, dy = 0, dz = 0] = directions.subarray(at, at + 3)
        fc.pre(dz < 0)
        const seen = project(camera, [x + dx * far, y + dy * far, z + dz * far])
        expect(seen.x).toBeCloseTo((column + 0.5) / samplesPerSide, 3)
        expect(seen.y).toBeCloseTo((row + 0.5) / samplesPerSide, 3)
      }),
    )
  })

  it('is the lens of the recipe: the floor comes out undistorted', () => {
    const recipe = sampleRecipe(camera)
    const toPicture = tapeToPicture(recipe)
    const pixelsPerMetre = recipe.size.width / 2 / Math.tan(Math.PI / 3) / camera.position[2]
    for (const [right, up] of [
      [0, 0],
      [2, 0],
      [-3, 1.5],
      [4, -4],
    ] as const) {
      const { x, y } = project(camera, [right, up, 0])
      const [column = Number.NaN, row = Number.NaN] = toPicture(x, y) ?? []
      expect(column).toBeCloseTo(recipe.size.width / 2 + right * pixelsPerMetre, 6)
      expect(row).toBeCloseTo(recipe.size.height / 2 - up * pixelsPerMetre, 6)
    }
  })
})
