import { describe, expect, it } from 'vitest'
import { progressOf } from '../../../src/renderer/src/train/progress.ts'
import { madeUpSteps, madeUpTraining } from '../../fixtures/made-up-page-training.ts'

const part = (name: string, last: number) => {
  return { name, title: name, iterations: 100, steps: madeUpSteps(1, last), looks: [] }
}

describe('the progress of a training', () => {
  it('counts the parts to come as well', () => {
    const training = madeUpTraining({ parts: [part('check', 50), part('train', 0)] })
    expect(progressOf(training)).toEqual({
      part: 1,
      parts: 2,
      title: 'check',
      iteration: 50,
      iterations: 100,
      share: 0.25,
      secondsPerStep: 0.5,
      secondsLeft: 75,
    })
  })

  it('goes on from part to part', () => {
    const between = progressOf(madeUpTraining({ parts: [part('check', 100), part('train', 0)] }))
    expect(between).toMatchObject({ part: 2, title: 'train', iteration: 0, share: 0.5 })
    const later = progressOf(madeUpTraining({ parts: [part('check', 100), part('train', 20)] }))
    expect(later).toMatchObject({ part: 2, parts: 2, iteration: 20, share: 0.6, secondsLeft: 40 })
  })

  it('ends in the last part', () => {
    const done = progressOf(madeUpTraining({ parts: [part('check', 100), part('train', 100)] }))
    expect(done).toMatchObject({ part: 2, iteration: 100, share: 1, secondsLeft: 0 })
  })

  it('goes by the forecast before the first step, and by nothing before that', () => {
    const parts = [part('check', 0), part('train', 0)]
    const forecast = { secondsPerStep: 0.2, seconds: 40, memoryBytes: 1 }
    expect(progressOf(madeUpTraining({ parts, forecast })).secondsLeft).toBeCloseTo(40)
    expect(progressOf(madeUpTraining({ parts })).secondsLeft).toBeNull()
  })

  it('is not misled by one step that waited', () => {
    const [first, ...others] = madeUpSteps(1, 9)
    const steps = first ? [{ ...first, seconds: 60 }, ...others] : []
    const training = madeUpTraining({ parts: [{ ...part('check', 1), steps }] })
    expect(progressOf(training).secondsPerStep).toBe(0.5)
  })
})
