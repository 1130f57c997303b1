import { describe, expect, it } from 'vitest'
import {
  colours,
  drawnOf,
  mostDrawn,
  seriesColours,
} from '../../../src/renderer/src/experiments/drawn.ts'
import { shownExperiment } from '../../fixtures/experiment-summary.ts'

describe('the experiments that are drawn', () => {
  const experiments = [
    shownExperiment(7),
    ...[6, 5, 4, 3, 2].map((id) => shownExperiment(id, [[0.5]])),
    shownExperiment(1, [], { state: 'running' }),
  ]

  it('are the latest that have begun until somebody chooses', () => {
    expect(drawnOf(experiments, null)).toEqual([6, 5, 4, 3])
    expect(drawnOf(experiments.slice(-1), null)).toEqual([1])
  })

  it('are those that were chosen and are still there, in the order of the list', () => {
    expect(drawnOf(experiments, new Set([2, 7, 99]))).toEqual([7, 2])
    expect(drawnOf(experiments, new Set())).toEqual([])
  })

  it('are never more than there are colours', () => {
    const many = Array.from({ length: 20 }, (_, id) => shownExperiment(id))
    expect(drawnOf(many, new Set(many.map(({ id }) => id)))).toHaveLength(mostDrawn)
  })
})

describe('the colours of experiments', () => {
  it('stay while one is drawn, and are given again after it has gone', () => {
    const first = colours([3, 1], new Map())
    expect([...first]).toEqual([
      [1, seriesColours[0]],
      [3, seriesColours[1]],
    ])
    const second = colours([3, 2], first)
    expect(second.get(3)).toBe(seriesColours[1])
    expect(second.get(2)).toBe(seriesColours[0])
    expect(second.has(1)).toBe(false)
  })
})
