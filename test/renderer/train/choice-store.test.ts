import { expect, it } from 'vitest'
import { ChoiceStore, choiceOf } from '../../../src/renderer/src/train/choice-store.ts'

it('keeps what the user chose, until it is taken back', () => {
  const choice = new ChoiceStore()
  choice.change({ iterations: 40, holdOut: 'none' })
  expect(choice.get()).toEqual({ iterations: 40, holdOut: 'none' })
  choice.change({ holdOut: undefined })
  expect(choice.get()).toEqual({ iterations: 40 })
  expect(choice.isOwn).toBe(true)
})

it('takes the settings of another preset, and the base stays', () => {
  const choice = new ChoiceStore()
  choice.change({ iterations: 40, base: 'tiny' })
  choice.choosePreset('thorough')
  expect(choice.get()).toEqual({ preset: 'thorough', base: 'tiny' })
  choice.reset()
  expect(choice.get()).toEqual({ preset: 'thorough' })
  expect(choice.isOwn).toBe(false)
})

it('is the same one for a project as long as the page lives', () => {
  choiceOf('/a').change({ seed: 3 })
  expect(choiceOf('/a').get()).toEqual({ seed: 3 })
  expect(choiceOf('/b').get()).toEqual({})
})
