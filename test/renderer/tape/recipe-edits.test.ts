import { describe, expect, it } from 'vitest'
import {
  firstLens,
  hasSquarePixels,
  isStretched,
  plainRecipe,
  withCrop,
  withFisheye,
  withLens,
  withoutCrop,
  withSize,
  withView,
} from '../../../src/renderer/src/tape/recipe-edits.ts'
import { checkRecipe } from '../../../src/shared/recipe-check.ts'

const tape = { width: 1024, height: 768 }

describe('what a hand changes in a recipe', () => {
  it('starts with the whole tape, and with the largest circle in it', () => {
    expect(plainRecipe(tape)).toMatchObject({ lens: null, size: tape })
    expect(firstLens(tape)).toMatchObject({ cx: 512, cy: 384, radius: 384 })
    expect(withFisheye(tape)).toMatchObject({ lens: firstLens(tape), view: { yaw: 0 } })
  })

  it('keeps the circle on the tape', () => {
    const { lens } = withLens(withFisheye(tape), { cx: -50, cy: 9000, radius: 1 }, tape)
    expect(lens).toMatchObject({ cx: 0, cy: 768, radius: 8 })
  })

  it('turns the view round and round, and keeps proportions natural', () => {
    const recipe = withView(withFisheye(tape), { yaw: 190, pitch: -100, hfov: 60 }, true)
    expect(recipe.view).toMatchObject({ yaw: -170, pitch: -90, hfov: 60 })
    expect(hasSquarePixels(recipe)).toBe(true)
    expect(isStretched(withView(recipe, { vfov: 20 }, false))).toBe(true)
  })

  it('cuts out of the tape at the same scale', () => {
    const half = withSize(plainRecipe(tape), { width: 512 }, true)
    expect(half.size).toEqual({ width: 512, height: 384 })
    const cropped = withCrop(half, { x: 100, y: 50, width: 400, height: 200 }, tape)
    expect(cropped.size).toEqual({ width: 200, height: 100 })
    expect(withoutCrop(cropped, tape).size).toEqual(half.size)
  })

  it('cuts out of a view without moving what it looks at', () => {
    const whole = withFisheye(tape)
    const cropped = withCrop(whole, { x: 10, y: 20, width: 100, height: 50 }, tape)
    expect(cropped).toMatchObject({ view: whole.view, viewSize: whole.size, lens: whole.lens })
    expect(withoutCrop(cropped, tape)).toEqual(whole)
    expect(checkRecipe(cropped, tape)).toEqual(cropped)
  })

  it('shows more of a view that becomes wider, instead of stretching it', () => {
    const wide = withSize(withFisheye(tape), { width: 640, height: 320 }, false)
    expect(wide.size).toEqual({ width: 640, height: 320 })
    expect(isStretched(wide)).toBe(false)
  })

  it('says when an ordinary picture is stretched', () => {
    expect(isStretched(withSize(plainRecipe(tape), { width: 512 }, false))).toBe(true)
  })
})
