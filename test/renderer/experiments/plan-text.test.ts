import { describe, expect, it } from 'vitest'
import { planText } from '../../../src/renderer/src/experiments/new/plan-text.ts'
import { shownExperiment } from '../../fixtures/experiment-summary.ts'
import { madeUpExperiment } from '../../fixtures/made-up-experiment.ts'

const parts = [
  { name: 'train', annotated: 7 },
  { name: 'val', annotated: 1 },
]

describe('what an experiment comes to', () => {
  it('is so many epochs and steps, of unknown time for the first of its kind', () => {
    expect(planText(madeUpExperiment(), [], parts)).toBe(
      '5 epochs of 4 steps, each judged by 1 picture. How long that takes is known after the first steps.',
    )
  })

  it('takes as long as the last one of its kind did for each step and seed', () => {
    // Two seconds for the four steps of an epoch.
    const former = shownExperiment(1, [[0.5]])
    const settings = madeUpExperiment({ stepsPerEpoch: 8, seeds: [0, 1] })
    expect(planText(settings, [former], parts)).toBe(
      '5 epochs of 8 steps, once for each of 2 seeds, each judged by 1 picture. About 40 s, as the last one of its kind learnt.',
    )
  })

  it('takes as long as the one whose weights it goes on from', () => {
    const network = { kind: 'experiment', experiment: 1 } as const
    const further = planText(madeUpExperiment({ network }), [shownExperiment(1, [[0.5]])], parts)
    expect(further).toContain('About 10 s')
  })

  it('knows nothing of other sizes', () => {
    const settings = madeUpExperiment({ input: { width: 64, height: 64 } })
    expect(planText(settings, [shownExperiment(1, [[0.5]])], parts)).toContain('is known after')
  })

  it('is nothing without pictures', () => {
    expect(planText(madeUpExperiment(), [], [])).toBe(
      'There are no pictures with masks in one of the parts.',
    )
  })
})
