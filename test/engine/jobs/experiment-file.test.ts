import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readExperiments, withWords } from '../../../src/engine/jobs/experiments/experiment-file.ts'
import {
  experimentPresets,
  presetExperiment,
} from '../../../src/engine/jobs/experiments/presets.ts'
import { rejection } from '../../fixtures/caught.ts'
import { madeUpExperiment } from '../../fixtures/made-up-experiment.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

function file(name: string, content: unknown): string {
  writeFileSync(temporary(name), JSON.stringify(content))
  return temporary(name)
}

describe('a file of experiments', () => {
  it('holds one, or a list; what names a preset says only what is different', async () => {
    const [one] = await readExperiments(file('one.json', madeUpExperiment()))
    expect(one).toEqual(madeUpExperiment())
    const list = [{ preset: 'unet-dice' }, { preset: 'unet-dice', name: 'Large', batch: 8 }]
    const [plain, large] = await readExperiments(file('list.json', list))
    expect(plain).toEqual(presetExperiment('unet-dice'))
    expect(large).toEqual({ ...presetExperiment('unet-dice'), name: 'Large', batch: 8 })
  })

  it('is refused with the setting that is wrong', async () => {
    const error = await rejection(
      readExperiments(file('wrong.json', { preset: 'unet-dice', batch: 0 })),
    )
    expect(error.code).toBe('bad-value')
    expect(error.message).toContain('batch')
    const unknown = await rejection(readExperiments(file('unknown.json', { preset: 'none' })))
    expect(unknown.hint).toContain('unet-sum')
  })
})

describe('words on the command line', () => {
  it('name an architecture, a network or an experiment', async () => {
    const networkOf = async (network: string) =>
      (await withWords(madeUpExperiment(), { network })).network
    expect(await networkOf('unet_2015')).toMatchObject({ architecture: 'unet_2015' })
    expect(await networkOf('fine-tuned-1')).toMatchObject({ kind: 'model', model: 'fine-tuned-1' })
    expect(await networkOf('experiment:4')).toMatchObject({ kind: 'experiment', experiment: 4 })
  })

  it('give a rate that the later stages keep their ratio to', async () => {
    const { stages } = await withWords(madeUpExperiment(), { learningRate: 5e-3, epochs: 7 })
    expect(stages.map(({ learningRate, epochs }) => [learningRate, epochs])).toEqual([
      [5e-3, 7],
      [5e-4, 7],
    ])
  })

  it('take the augmentation away, or bring one from a file', async () => {
    const pipeline = file('pipeline.json', [{ kind: 'flip-up-down' }])
    const preset = presetExperiment('unet-sum')
    expect((await withWords(preset, { augmentation: 'none' })).augmentation).toBeNull()
    const { augmentation } = await withWords(preset, { augmentation: pipeline })
    expect(augmentation).toMatchObject({ steps: [{ kind: 'flip-up-down' }] })
  })
})

describe('every preset', () => {
  it.each(Object.keys(experimentPresets))('%s is whole', (name) => {
    const { stages, preset } = presetExperiment(name)
    expect(preset).toBe(name)
    expect(stages.length).toBeGreaterThan(0)
  })

  it('of three stages has 6, 12 and 24 epochs at 2e-4, 1e-4 and 2e-5', () => {
    const { stages } = presetExperiment('three-stages')
    expect(stages.map(({ scope, epochs, learningRate }) => [scope, epochs, learningRate])).toEqual([
      ['head', 6, 2e-4],
      ['all', 12, 1e-4],
      ['all', 24, 2e-5],
    ])
  })
})
