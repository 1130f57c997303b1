import { describe, expect, it } from 'vitest'
import {
  newOperation,
  operationKinds,
  parametersOf,
  wordsOf,
} from '../../../src/renderer/src/experiments/augment/parameters.ts'
import {
  firstPipeline,
  groupKinds,
  movedStep,
  newStep,
  pipelineOf,
  stepsOf,
} from '../../../src/renderer/src/experiments/augment/pipeline.ts'
import { augmentationSchema } from '../../../src/shared/augmentation.ts'

describe.each(operationKinds)('the operation %s', (kind) => {
  it('has a field for each of its parameters', () => {
    const { kind: _, probability, ...parameters } = newOperation(kind)
    expect(parametersOf(kind).map(({ name }) => name)).toEqual(Object.keys(parameters))
    expect(probability).toBeGreaterThan(0)
  })
})

describe('the fields of operations', () => {
  it('know their kinds and bounds', () => {
    const affine = parametersOf('affine')
    expect(affine[0]).toEqual({
      ...{ name: 'rotate', kind: 'range', least: -180, most: 180, isWhole: false },
    })
    expect(affine.find(({ name }) => name === 'border')).toMatchObject({
      ...{ kind: 'choice', options: ['colour', 'edge', 'mirror'] },
    })
    expect(affine.find(({ name }) => name === 'colour')?.kind).toBe('colour')
    expect(parametersOf('crop-resize').at(-1)?.kind).toBe('number-or-none')
    expect(parametersOf('brightness').at(-1)).toEqual({ name: 'perChannel', kind: 'switch' })
  })

  it('are named in words', () => {
    expect(wordsOf('flip-left-right')).toBe('Flip left right')
    expect(wordsOf('shearX')).toBe('Shear x')
  })
})

describe('a pipeline', () => {
  it('is a list of steps, and a step of another kind is the only one', () => {
    expect(pipelineOf(stepsOf(firstPipeline))).toEqual(firstPipeline)
    const flip = newOperation('flip-up-down')
    expect(stepsOf(flip)).toEqual([flip])
    const seldom = { ...pipelineOf([flip]), probability: 0.5 }
    expect(stepsOf(seldom)).toEqual([seldom])
  })

  it.each([...operationKinds, ...groupKinds])('gets a new step %s that can be', (kind) => {
    expect(augmentationSchema.safeParse(newStep(kind)).success).toBe(true)
  })

  it('gets no step of an unknown kind', () => {
    expect(newStep('rotate')).toBeNull()
  })

  it('is put in another order one place at a time', () => {
    const [a, b] = [newOperation('flip-up-down'), newOperation('jpeg')]
    expect(movedStep([a, b], 1, -1)).toEqual([b, a])
    expect(movedStep([a, b], 0, -1)).toEqual([a, b])
  })
})
