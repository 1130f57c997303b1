import { describe, expect, it } from 'vitest'
import {
  bestValues,
  firstOrder,
  metrics,
  orderBy,
  ordered,
} from '../../../src/renderer/src/experiments/list/metrics.ts'
import { shownExperiment } from '../../fixtures/experiment-summary.ts'

const experiments = [
  shownExperiment(3, [[0.9, 0.4, 0.5]]),
  shownExperiment(2),
  shownExperiment(1, [[0.7, 0.8]], { name: 'another' }),
]
const ids = (order: Parameters<typeof ordered>[1]) =>
  ordered(experiments, order).map(({ id }) => id)

describe('the table of experiments', () => {
  it('shows the latest first, and by name', () => {
    expect(ids(firstOrder)).toEqual([3, 2, 1])
    expect(ids({ by: 'name', isRising: true })).toEqual([1, 2, 3])
  })

  it('is ordered by a metric with those that lack it at the end either way', () => {
    expect(ids({ by: 'validationLoss', isRising: true })).toEqual([3, 1, 2])
    expect(ids({ by: 'validationLoss', isRising: false })).toEqual([1, 3, 2])
  })

  it('begins with the better end of a metric, and turns round at the second click', () => {
    const loss = orderBy('validationLoss', firstOrder)
    expect(loss).toEqual({ by: 'validationLoss', isRising: true })
    expect(orderBy('validationLoss', loss)).toEqual({ by: 'validationLoss', isRising: false })
    expect(orderBy('meanIou', loss)).toEqual({ by: 'meanIou', isRising: false })
    expect(orderBy('made', loss)).toEqual(firstOrder)
  })

  it('takes its numbers from the best epoch', () => {
    expect(experiments.map(metrics.validationLoss.of)).toEqual([0.4, null, 0.7])
    expect(experiments.map(metrics.best.of)).toEqual([2, null, 1])
  })

  it('marks the best of each metric where there is something to choose between', () => {
    const best = bestValues(experiments)
    expect(best.get('validationLoss')).toBe(0.4)
    expect(best.has('meanIou')).toBe(false)
    expect(bestValues(experiments.slice(0, 2)).has('validationLoss')).toBe(false)
  })
})
