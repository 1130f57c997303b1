import { describe, expect, it } from 'vitest'
import { experimentChart } from '../../../src/renderer/src/experiments/curves/curve-lines.ts'
import { shownExperiment } from '../../fixtures/experiment-summary.ts'

describe('the curves of an experiment', () => {
  it('go over all stages: training dashed, validation solid, the best epoch a dot', () => {
    const drawn = [{ experiment: shownExperiment(1, [[0.9, 0.5, 0.7]]), colour: 'series-a' }]
    const { lines, data, lastEpoch } = experimentChart(drawn, 'loss')
    expect(lines.map(({ name }) => name)).toEqual(['Training', 'Best epoch', 'Validation'])
    expect(data.xs).toEqual([1, 2, 3])
    expect(data.rows[0]).toEqual([2, 1, 2])
    expect(data.rows[1]).toEqual([null, 0.5, null])
    expect(data.rows[2]).toEqual([0.9, 0.5, 0.7])
    expect(lastEpoch).toBe(3)
  })

  it('have a share of validation alone', () => {
    const drawn = [{ experiment: shownExperiment(1, [[0.9, 0.5]]), colour: 'series-a' }]
    const { lines, data } = experimentChart(drawn, 'meanIou')
    expect(lines.map(({ name }) => name)).toEqual(['Best epoch', 'Validation'])
    expect(data.rows.at(-1)).toEqual([0.5, 0.5])
  })

  it('are over each other, each named and in its colour', () => {
    const { lines } = experimentChart(
      [
        { experiment: shownExperiment(2, [[0.4]]), colour: 'series-b' },
        { experiment: shownExperiment(1, [[0.9, 0.5]]), colour: 'series-a' },
      ],
      'loss',
    )
    const named = lines.filter(({ name }) => name !== undefined)
    expect(named.map(({ name, colour }) => [name, colour])).toEqual([
      ['#2 experiment 2', 'series-b'],
      ['#1 experiment 1', 'series-a'],
    ])
  })

  it('have other seeds faint behind that of the best epoch', () => {
    const experiment = shownExperiment(1, [
      [0.9, 0.8],
      [0.9, 0.3],
    ])
    const { lines, data } = experimentChart([{ experiment, colour: 'series-a' }], 'loss')
    expect(lines[0]).toMatchObject({ width: 1, opacity: 0.35 })
    expect(data.rows[0]).toEqual([0.9, 0.8])
    expect(data.rows.at(-1)).toEqual([0.9, 0.3])
  })

  it('are nothing before the first epoch', () => {
    const drawn = [{ experiment: shownExperiment(1), colour: 'series-a' }]
    expect(experimentChart(drawn, 'loss')).toMatchObject({ data: { xs: [] }, lastEpoch: 2 })
  })
})
