import { describe, expect, test } from 'vitest'
import { chooseRecipe } from '../../../src/engine/jobs/recipe-choice.ts'
import { parseLens } from '../../../src/shared/recipe-text.ts'
import { rejection } from '../../fixtures/caught.ts'

const tape = { width: 1024, height: 1024 }
const found = {
  lens: parseLens('512,512,512'),
  view: { yaw: 0, pitch: 0, roll: 0, hfov: 110, vfov: 94 },
}
const find = async () => found

describe('The recipe of a project whose lens is found', () => {
  test('has the view that was found, in its own shape', async () => {
    const { lens, view, size } = await chooseRecipe({ lens: 'auto' }, tape, find, undefined)
    expect({ lens, view }).toEqual(found)
    expect(size).toEqual({ width: 640, height: 480 })
  })

  test('shows a part of that view, undistorted, in a size of another shape', async () => {
    const words = { lens: 'auto', size: '500x500' }
    const { view, size } = await chooseRecipe(words, tape, find, undefined)
    expect(size).toEqual({ width: 500, height: 500 })
    expect([view?.hfov, view?.vfov]).toEqual([expect.closeTo(94, 9), expect.closeTo(94, 9)])
  })

  test('has the view of the words where they give one', async () => {
    const words = { lens: 'auto', view: '0,30,0,90', size: '400x200' }
    const { lens, view } = await chooseRecipe(words, tape, find, undefined)
    expect(lens).toEqual(found.lens)
    expect(view).toMatchObject({ pitch: 30, hfov: 90 })
  })
})

test('A size that cannot be is named also where a view was found', async () => {
  const words = { lens: 'auto', size: '0x500' }
  const error = await rejection(chooseRecipe(words, tape, find, undefined))
  expect(error.code).toBe('bad-recipe')
  expect(error.message).toContain('size.width: 0 given')
})

test('Without words the recipe of the other project is taken, if it fits the tape', async () => {
  const other = await chooseRecipe({ crop: '0,0,600,400' }, tape, find, undefined)
  expect(await chooseRecipe({}, tape, find, other)).toEqual(other)
  const small = { width: 320, height: 240 }
  const error = await rejection(chooseRecipe({}, small, find, other))
  expect(error.message).toContain('reaches beyond the tape, which is 320x240')
})
