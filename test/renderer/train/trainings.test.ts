import { describe, expect, it } from 'vitest'
import { addSteps, withLaterSteps } from '../../../src/renderer/src/train/trainings.ts'
import { madeUpSteps, madeUpTraining } from '../../fixtures/made-up-page-training.ts'

function trial(first: number, last: number) {
  return {
    name: 'trial',
    title: 'check',
    iterations: 100,
    steps: madeUpSteps(first, last),
    looks: [],
  }
}

const iterations = (trainings: ReturnType<typeof addSteps>): number[] | undefined =>
  trainings?.[0]?.parts[0]?.steps.map(({ iteration }) => iteration)

describe('steps that come by themselves', () => {
  it('follow those that are known', () => {
    const known = [madeUpTraining({ parts: [trial(1, 3)] })]
    const next = addSteps(known, { training: 1, part: 'trial', steps: madeUpSteps(4, 5) })
    expect(iterations(next)).toEqual([1, 2, 3, 4, 5])
  })

  it('take the place of those that are done again after a checkpoint', () => {
    const known = [madeUpTraining({ parts: [trial(1, 8)] })]
    const next = addSteps(known, { training: 1, part: 'trial', steps: madeUpSteps(6, 7) })
    expect(iterations(next)).toEqual([1, 2, 3, 4, 5, 6, 7])
  })

  it('need the list where their training or part is not known', () => {
    const known = [madeUpTraining({ parts: [trial(1, 3)] })]
    expect(addSteps(known, { training: 2, part: 'trial', steps: [] })).toBeNull()
    expect(addSteps(known, { training: 1, part: 'final', steps: [] })).toBeNull()
  })

  it('are thinned where they are more than a curve can show, up to the last one', () => {
    const known = [madeUpTraining({ parts: [trial(1, 2000)] })]
    const next = addSteps(known, { training: 1, part: 'trial', steps: madeUpSteps(2001, 2003) })
    expect(iterations(next)?.length).toBe(1002)
    expect(iterations(next)?.at(-1)).toBe(2003)
  })
})

describe('the list of trainings', () => {
  it('keeps the steps that came while it was on its way', () => {
    const listed = [madeUpTraining({ parts: [trial(1, 3)] })]
    const known = [madeUpTraining({ parts: [trial(1, 5)] })]
    expect(iterations(withLaterSteps(listed, known))).toEqual([1, 2, 3, 4, 5])
  })

  it('is right about a training that is not running any more', () => {
    const listed = [madeUpTraining({ state: 'cancelled', parts: [trial(1, 3)] })]
    const known = [madeUpTraining({ parts: [trial(1, 5)] })]
    expect(iterations(withLaterSteps(listed, known))).toEqual([1, 2, 3])
  })
})
