import { describe, expect, it } from 'vitest'
import { overlapLines, spokenOverlap } from '../../../src/renderer/src/train/overlap-curves.ts'
import type { TrainingState } from '../../../src/shared/contract/training.ts'
import { madeUpSteps, madeUpTraining } from '../../fixtures/made-up-page-training.ts'

const part = (name: string, ious: readonly number[]): TrainingState['parts'][number] => {
  const looks = ious.map((personIou, at) => ({ iteration: 10 * (at + 1), personIou }))
  return { name, title: name, iterations: 40, steps: madeUpSteps(1, 40), looks }
}

const watched = { tape: 1, frame: 2, base: 0.4 }
const under = (values: Partial<TrainingState>) =>
  overlapLines(madeUpTraining(values)).map(({ line, curve }) => ({ ...line, ...curve }))

describe('how well people are found while it learns', () => {
  it('is no line as long as nobody has looked', () => {
    const parts = [part('trial', []), part('final', [])]
    expect(under({ parts })).toEqual([])
    expect(spokenOverlap(madeUpTraining({ parts }))).toBe('')
  })

  it('is a line over the level of the network before, on a frame that is held out', () => {
    const parts = [part('trial', [0.5, 0.72]), part('final', [])]
    expect(under({ parts, watched })).toEqual([
      {
        tone: 'level',
        title: 'the network before, on that frame: 0.40',
        ...{ xs: [1, 40], ys: [0.4, 0.4] },
      },
      {
        tone: 'overlap',
        title: 'IoU on the frame being watched (2, held out): 0.72',
        ...{ xs: [10, 20], ys: [0.5, 0.72] },
      },
    ])
    expect(spokenOverlap(madeUpTraining({ parts, watched }))).toMatch(/from 0\.50 to 0\.72$/)
  })

  it('says of the last part that it learns from the frame', () => {
    const parts = [part('trial', [0.5, 0.7]), part('final', [0.9])]
    expect(under({ parts, watched }).map(({ tone, title }) => [tone, title])).toEqual([
      ['level', 'the network before, on that frame: 0.40'],
      ['overlap-before', 'IoU on the frame being watched (2, held out): 0.70'],
      ['overlap', 'IoU on the frame being watched (2, which it learns from): 0.90'],
    ])
  })

  it('has no level and no held-out frame where nothing is held out', () => {
    const found = under({
      parts: [part('final', [0.9])],
      heldOut: [],
      watched: { ...watched, base: null },
    })
    expect(found.map(({ title }) => title)).toEqual([
      'IoU on the frame being watched (2, which it learns from): 0.90',
    ])
  })

  it('ends with the selection scores of both networks as marks', () => {
    const selection = {
      base: { personIou: 0.41, loss: 0.3 },
      new: { personIou: 0.86, loss: 0.1 },
    }
    expect(under({ parts: [part('trial', []), part('final', [])], selection })).toEqual([
      {
        tone: 'selection',
        title: 'selection score, on all 2 held-out frames: 0.41 before, 0.86 after',
        ...{ xs: [1, 40], ys: [0.41, 0.86] },
      },
    ])
  })
})
