import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countsLine, readReport, sum, troubleLines } from '../../scripts/reports.ts'
import { run } from '../../scripts/run.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-reports-'))
})

afterEach(() => rm(folder, { recursive: true }))

/** Runs Vitest itself on a test file and returns the counts of its report. */
async function countsOf(code: string) {
  await writeFile(join(folder, 'some.test.ts'), code)
  const report = join(folder, 'report.json')
  await run(
    ['vitest', 'run', '--root', folder, '--globals', '--reporter=json', `--outputFile=${report}`],
    { quiet: true },
  )
  return readReport(report)
}

/** What Playwright 1.65 writes, with two of its tests. */
const playwrightReport = {
  config: {},
  suites: [
    {
      file: 'page/label.test.ts',
      specs: [],
      suites: [
        {
          file: 'page/label.test.ts',
          specs: [
            { title: 'paints', tests: [{ status: 'flaky' }] },
            { title: 'erases', tests: [{ status: 'unexpected' }] },
          ],
        },
      ],
    },
  ],
  errors: [],
  stats: { startTime: '2026-01-01', duration: 5, expected: 7, skipped: 1, unexpected: 2, flaky: 1 },
}

describe('the numbers of a test run', () => {
  it('are those that Vitest reports', async () => {
    const counts = await countsOf(`
      it('passes', () => {})
      it('passes too', () => {})
      it('fails', () => { throw new Error('no') })
      it.skip('is skipped', () => {})
      it.todo('is to be written')
    `)
    expect(counts).toMatchObject({ passed: 2, failed: 1, skipped: 2 })
    expect(counts.failures).toEqual([expect.stringMatching(/some\.test\.ts: fails$/)])
    expect(counts.secondAttempts).toEqual([])
  })

  it('name what passed at the second attempt', async () => {
    const counts = await countsOf(`
      let attempts = 0
      it('passes later', { retry: 1 }, () => expect(++attempts).toBe(2))
    `)
    expect(counts).toMatchObject({ passed: 1, failed: 0, failures: [] })
    expect(counts.secondAttempts).toEqual([expect.stringMatching(/some\.test\.ts: passes later$/)])
  })

  it('count a test file that cannot be loaded as failed', async () => {
    const counts = await countsOf(`import './absent.ts'`)
    expect(counts).toMatchObject({ passed: 0, failed: 1, skipped: 0 })
  })

  it('are those that Playwright reports, with the names of flaky tests', async () => {
    await writeFile(join(folder, 'page.json'), JSON.stringify(playwrightReport))
    const counts = readReport(join(folder, 'page.json'))
    expect(counts).toMatchObject({ passed: 8, failed: 2, skipped: 1 })
    expect(troubleLines(counts)).toEqual([
      'failed: page/label.test.ts: erases',
      'passed at the second attempt only: page/label.test.ts: paints',
    ])
  })

  it('count a missing or broken report as failed', async () => {
    await writeFile(join(folder, 'broken.json'), '{"stats":')
    expect(readReport(join(folder, 'broken.json')).failed).toBe(1)
    expect(readReport(join(folder, 'absent.json')).failed).toBe(1)
  })

  it('add up, are stored and read again', async () => {
    const total = sum([
      { passed: 7, failed: 3, skipped: 1, failures: ['a'], secondAttempts: [] },
      { passed: 5, failed: 0, skipped: 1, failures: [], secondAttempts: ['b'] },
    ])
    await writeFile(join(folder, 'totals.json'), JSON.stringify(total))
    const stored = readReport(join(folder, 'totals.json'))
    expect(countsLine(stored)).toBe('12 passed, 3 failed, 2 skipped')
    expect(stored).toMatchObject({ failures: ['a'], secondAttempts: ['b'] })
  })
})
