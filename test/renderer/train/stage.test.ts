import { describe, expect, it } from 'vitest'
import { newLabels, partsOf, type Stage, stageOf } from '../../../src/renderer/src/train/stage.ts'
import { madeUpTraining } from '../../fixtures/made-up-page-training.ts'

describe('the stage of the Train screen', () => {
  it('follows the latest training alone', () => {
    const done = madeUpTraining({ state: 'done', adopted: true })
    expect(stageOf([madeUpTraining({ state: 'running' }), done])).toBe('running')
    expect(stageOf([done, madeUpTraining({ state: 'failed' })])).toBe('adopted')
  })

  it.each<[string, Stage]>([
    ['failed', 'failed'],
    ['cancelled', 'stopped'],
    ['interrupted', 'stopped'],
  ])('is, where it %s, %s', (state, stage) => {
    expect(stageOf([{ ...madeUpTraining(), state: state as 'failed' }])).toBe(stage)
  })

  it('tells a network that was kept from one that was adopted', () => {
    expect(stageOf([madeUpTraining({ state: 'done', adopted: false })])).toBe('kept')
  })

  it('is not known before the first answer, and "before" without a training', () => {
    expect(stageOf(null)).toBe('loading')
    expect(stageOf([])).toBe('before')
  })
})

describe('the parts of the Train screen', () => {
  it('have the outcome first', () => {
    expect(partsOf('adopted', false)).toEqual(['result', 'run', 'start', 'networks'])
  })

  it('have the next training first once more was painted', () => {
    expect(partsOf('adopted', true)).toEqual(['start', 'result', 'run', 'networks'])
    expect(partsOf('stopped', true)).toEqual(['start', 'failure', 'networks'])
  })

  it('have no second start while one is under way', () => {
    expect(partsOf('running', true)).not.toContain('start')
  })
})

describe('labels since the last training', () => {
  it('are those of frames that it did not learn from', () => {
    const training = madeUpTraining({ labels: [{ tape: 1, frame: 4 }] })
    const frame = (tape: number, at: number, label: 'none' | 'labelled' | 'empty') => {
      return { tape, frame: at, label, flagged: false }
    }
    const frames = [
      frame(1, 4, 'labelled'),
      frame(2, 4, 'labelled'),
      frame(1, 5, 'empty'),
      frame(1, 6, 'none'),
    ]
    expect(newLabels(frames, training)).toBe(2)
  })
})
