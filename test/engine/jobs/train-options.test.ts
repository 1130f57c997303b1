import { expect, test } from 'vitest'
import { type SettingsWords, withWords } from '../../../src/engine/jobs/train-options.ts'
import { trainSettingsSchema } from '../../../src/shared/train-settings.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpSettings } from '../../fixtures/made-up-training.ts'

const preset = trainSettingsSchema.parse({
  ...madeUpSettings,
  adapter: true,
  iterations: 100,
  warmUp: 3,
  optimiser: { kind: 'adam', weightDecay: 0.01 },
})

const changed = (words: SettingsWords) => withWords(preset, words)

test('a preset stays as it is where nothing is said', () => {
  expect(changed({})).toEqual(preset)
})

test('new layers keep their ratio to a learning rate that is given', () => {
  expect(changed({ learningRate: 2e-4 }).learningRate).toEqual({ old: 2e-4, new: 2e-3 })
})

test('a scope that is given is trained without the scene adapter', () => {
  expect(changed({ scope: 'head' })).toMatchObject({ scope: 'head', adapter: false })
})

test("the preset's optimiser keeps its numbers, another one has its own", () => {
  expect(changed({ optimizer: 'adam' }).optimiser).toEqual(preset.optimiser)
  expect(changed({ optimizer: 'sgd' }).optimiser).toMatchObject({ kind: 'sgd', momentum: 0.9 })
})

test('a schedule of steps falls after each third', () => {
  expect(changed({ schedule: 'step', iterations: 30 }).schedule).toMatchObject({ every: 10 })
})

test('the rate never rises for longer than the training lasts', () => {
  expect(changed({ iterations: 2 }).warmUp).toBe(1)
})

test('a rate that no network bears is refused in plain words', () => {
  expect(caught(() => changed({ learningRate: 1e9 }))).toMatchObject({
    code: 'bad-value',
    message: expect.stringContaining('a learning rate of 1000000000 is far too high'),
    hint: expect.stringContaining('0.00001'),
  })
})
