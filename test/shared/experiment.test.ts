import { describe, expect, it } from 'vitest'
import { differingSettings, experimentSchema, flatSettings } from '../../src/shared/experiment.ts'
import { madeUpExperiment } from '../fixtures/made-up-experiment.ts'

describe('an experiment as data', () => {
  it('is the same when it is read again', () => {
    const settings = madeUpExperiment({ augmentation: [{ kind: 'flip-left-right' }] })
    expect(experimentSchema.parse(JSON.parse(JSON.stringify(settings)))).toEqual(settings)
  })

  it('says what of it is unknown', () => {
    const result = experimentSchema.safeParse({ ...madeUpExperiment(), lerningRate: 1 })
    expect(result.error?.message).toContain('lerningRate')
  })

  it('is told setting by setting', () => {
    const flat = flatSettings(madeUpExperiment({ seeds: [1, 2] }))
    expect(flat.get('seeds')).toBe('[1,2]')
    expect(flat.get('optimiser.kind')).toBe('adam')
    expect(flat.get('stages.1.learningRate')).toBe('0.0001')
    expect(flat.get('augmentation')).toBe('null')
  })
})

describe('settings in which experiments differ', () => {
  it('are those of any two, with a gap where one has no such setting', () => {
    const adam = madeUpExperiment({ name: 'Adam' })
    const [stage] = adam.stages
    const sgd = madeUpExperiment({
      name: 'SGD',
      optimiser: { kind: 'sgd' },
      stages: stage ? [stage] : [],
    })
    const differences = differingSettings([adam, sgd])
    const valuesOf = (setting: string) => differences.find((one) => one.setting === setting)?.values
    expect(valuesOf('optimiser.kind')).toEqual(['adam', 'sgd'])
    expect(valuesOf('optimiser.beta1')).toEqual(['0.9', null])
    expect(valuesOf('stages.1.name')).toEqual(['all', null])
    expect(valuesOf('name')).toBeUndefined()
    expect(valuesOf('batch')).toBeUndefined()
  })

  it('are none of a single one', () => {
    expect(differingSettings([madeUpExperiment()])).toEqual([])
  })
})
