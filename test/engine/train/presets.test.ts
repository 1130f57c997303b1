import { describe, expect, test } from 'vitest'
import { builtInDescription } from '../../../src/engine/models/built-in.ts'
import { withinBudget } from '../../../src/engine/train/budget.ts'
import {
  defaultPreset,
  type PresetContext,
  presetNames,
  presetSettings,
} from '../../../src/engine/train/presets.ts'
import { caught } from '../../fixtures/caught.ts'

const context: PresetContext = {
  description: builtInDescription,
  input: { width: 320, height: 240 },
  labels: 8,
  seed: 4,
}
const unnamed = { ...context, description: { ...builtInDescription, features: null } }

describe('presets', () => {
  test.each(presetNames)('%s is whole for every network and for one label', (name) => {
    for (const each of [context, unnamed, { ...context, labels: 1 }]) {
      const settings = presetSettings(name, each)
      expect(settings).toMatchObject({ preset: name, input: context.input, seed: 4 })
      expect(settings.warmUp).toBeLessThan(settings.iterations)
    }
  })

  test('train all layers where the scene adapter does not fit', () => {
    expect(presetSettings(defaultPreset, context)).toMatchObject({ adapter: true, scope: 'middle' })
    expect(presetSettings(defaultPreset, unnamed)).toMatchObject({ adapter: false, scope: 'all' })
    expect(presetSettings('thorough', unnamed)).toMatchObject({ adapter: false, scope: 'all' })
  })

  test('never move the picture where the background is to be told from it', () => {
    for (const name of presetNames) {
      const { adapter, augmentation } = presetSettings(name, context)
      if (!adapter) continue
      const { flip, rotation, scale, shift, crop } = augmentation
      expect({ flip, rotation, scale, shift, crop }).toEqual({
        flip: false,
        rotation: 0,
        scale: null,
        shift: null,
        crop: null,
      })
    }
  })

  test('have names; another name is refused with those that there are', () => {
    expect(caught(() => presetSettings('best', context))).toMatchObject({
      code: 'bad-value',
      hint: expect.stringContaining('recommended'),
    })
  })
})

describe('a budget of seconds', () => {
  const settings = presetSettings('recommended', context)
  const times = { step: 0.2, sample: 0.05, fixed: 4 }
  const { iterations, bank } = settings
  const needed = iterations * times.step + bank * times.sample

  test('decides how many iterations and samples there are', () => {
    const half = withinBudget(settings, (needed / 2 + times.fixed) / 0.9, times)
    expect(half.iterations).toBe(Math.floor(iterations / 2))
    expect(half.bank).toBe(Math.floor(bank / 2))
  })

  test('never leaves too few iterations, and never takes more than four times as many', () => {
    const short = withinBudget(settings, 1, times)
    expect(short.iterations).toBe(20)
    expect(short.bank).toBe(40)
    expect(withinBudget(settings, 1e6, times).iterations).toBe(4 * iterations)
  })

  test('counts the iterations on unlabelled frames', () => {
    const thorough = presetSettings('thorough', context)
    const all = withinBudget(thorough, 40, times)
    const steps = all.iterations + (all.selfTraining?.iterations ?? 0)
    const samples = all.bank + (all.selfTraining?.bank ?? 0)
    const seconds = steps * times.step + samples * times.sample + times.fixed
    expect(seconds).toBeLessThan(0.9 * 40)
    expect(seconds).toBeGreaterThan(0.85 * 40)
  })
})
