import { describe, expect, it } from 'vitest'
import { saveExperimentEpoch, setRunState } from '../../../src/engine/db/experiment-results.ts'
import { addExperiment } from '../../../src/engine/db/experiments.ts'
import { createProject } from '../../../src/engine/db/project.ts'
import { experimentPage } from '../../../src/engine/jobs/experiments/experiment-page.ts'
import {
  experimentSummaries,
  experimentWithCurves,
} from '../../../src/engine/jobs/experiments/experiment-states.ts'
import {
  bestRows,
  experimentTable,
  sortedTable,
} from '../../../src/engine/jobs/experiments/experiment-table.ts'
import { epochsCsv, tableMarkdown } from '../../../src/engine/jobs/experiments/experiment-texts.ts'
import { madeUpEpoch, madeUpExperiment } from '../../fixtures/made-up-experiment.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** Two experiments; the second is at its best in an epoch that is not the last, and has a bad name. */
function twoExperiments(name: string) {
  const project = createProject(temporary(`${name}.maskbench`))
  const losses = [
    [0.9, 0.5, 0.4, 0.6],
    [0.8, 0.2, 0.3, 0.25],
  ]
  for (const [i, curve] of losses.entries()) {
    const change = { name: i === 0 ? 'plain' : '=a|<b>', batch: 2 + i }
    const experiment = addExperiment(project, madeUpExperiment(change))
    setRunState(project, { experiment, seed: 0 }, 'running')
    for (const [at, loss] of curve.entries()) {
      const [stage, epoch] = at < 2 ? [0, at + 1] : [1, at - 1]
      saveExperimentEpoch(project, { experiment, seed: 0, stage }, madeUpEpoch(epoch, loss))
    }
  }
  const whole = [1, 2].map((id) => experimentWithCurves(project, id))
  const summaries = experimentSummaries(project)
  project.close()
  return { whole, summaries }
}

describe('experiments side by side', () => {
  it('name the epoch with the smallest validation loss, counted over the stages', () => {
    const { whole } = twoExperiments('best')
    expect(whole.map(({ best }) => best && [best.stage, best.epoch, best.at])).toEqual([
      [1, 1, 3],
      [0, 2, 2],
    ])
    expect(whole[0]?.runs[0]?.stages.map(({ best }) => best)).toEqual([2, 1])
    expect(whole[0]?.runs[0]).toMatchObject({ epochsDone: 4, epochs: 5, secondsPerEpoch: 2 })
  })

  it('are sorted by any column, mark the best values and the settings that differ', () => {
    const { summaries } = twoExperiments('sorted')
    const table = experimentTable(summaries)
    const at = (key: string) => table.columns.findIndex((column) => column.key === key)
    expect(table.columns.filter(({ kind }) => kind === 'setting')).toMatchObject([{ key: 'batch' }])
    const ids = (key: string, descending: boolean) =>
      sortedTable(table, key, descending).rows.map((row) => row[0])
    expect(ids('validationLoss', false)).toEqual([2, 1])
    expect(ids('validationLoss', true)).toEqual([1, 2])
    expect(bestRows(table, at('validationLoss'))).toEqual([0])
    expect(bestRows(table, at('batch'))).toEqual([])
  })

  it('are written so that no name breaks a table, a formula or a page', () => {
    const { whole } = twoExperiments('written')
    const markdown = tableMarkdown(experimentTable(whole))
    expect(markdown).toContain('=a\\|<b>')
    expect(markdown).toContain('| ≠ batch |')
    expect(markdown).toContain('**0.2000**')
    const lines = epochsCsv(whole).trim().split('\r\n')
    expect(lines).toHaveLength(9)
    expect(lines[6]).toMatch(/^2,'=a\|<b>,0,heads,2,2,1,0\.2,.*,yes$/)
    const page = experimentPage(whole)
    expect(page).toContain('=a|&lt;b&gt;')
    expect(page.match(/<polyline/g)).toHaveLength(4)
  })
})
