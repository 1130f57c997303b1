import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { setFlag } from '../../../src/engine/db/frame-flags.ts'
import { saveReviews } from '../../../src/engine/db/reviews.ts'
import { rejection } from '../../fixtures/caught.ts'
import { addScoredRun, column, scoredProject } from '../../fixtures/scored-project.ts'
import { ended, loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()
const frames = 600
let path = ''

beforeAll(() => {
  path = bench.at('exported.maskbench')
  const project = scoredProject(path, frames)
  addScoredRun(project, {
    frames,
    sum: (position, region) => (region === 0 && position % 40 < 10 ? 400 : 0),
  })
  const said = { source: 1, region: 1 }
  saveReviews(project, [
    // Missed, counted wrongly, and right.
    { ...said, frame: 15, occupied: true },
    { ...said, frame: 41, occupied: false },
    { ...said, frame: 42, occupied: true },
  ])
  setFlag(project, { source: 1, frame: 300 }, true)
  project.close()
})

type Format = 'csv' | 'json' | 'events' | 'flagged' | 'html'

async function exported(format: Format, people?: 'show' | 'blur' | 'none') {
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openHeld(client, path)
  const file = bench.at('out', `${format}-${people ?? ''}`)
  const wanted = { project, run: 1, format, path: file, ...(people && { people }) }
  const { job } = await client.call('review.export', wanted)
  const { state, error, title } = await ended(client, project, job)
  await service.close()
  return { state, error, title, text: () => readFile(file, 'utf8') }
}

const lines = (text: string): string[][] =>
  text
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))

describe('A review is exported', () => {
  test('as counts, with what reviewers made sure of', async () => {
    const { state, title, text } = await exported('csv')
    expect([state, title]).toEqual(['done', 'Export counts to csv-'])
    const [header = [], left = [], right = []] = lines(await text())
    const at = (row: string[], name: string) => row[header.indexOf(name)]
    expect([at(left, 'region'), at(left, 'frames'), at(left, 'occupied')]).toEqual([
      ...['left', '600', '150'],
    ])
    expect([at(left, 'reviewed'), at(left, 'reviewedShare')]).toEqual(['3', '0.005'])
    const [low, estimate, high] = ['low90', 'estimate', 'high90'].map((name) =>
      Number(at(left, name)),
    )
    expect(low).toBeLessThanOrEqual(estimate ?? 0)
    expect(estimate).toBeLessThanOrEqual(high ?? 0)
    expect([at(right, 'reviewed'), at(right, 'estimate')]).toEqual(['0', ''])
  })

  test('as a document and as events', async () => {
    const document = JSON.parse(await (await exported('json')).text())
    expect(document).toMatchObject({
      run: 1,
      rois: [
        { name: 'left', review: { reviewed: 3 } },
        { name: 'right', review: null },
      ],
    })
    expect(document.rois[0].events.length).toBe(15)
    expect(lines(await (await exported('events')).text()).length).toBe(16)
  })

  test('as the frames to look at again', async () => {
    expect(lines(await (await exported('flagged')).text())).toEqual([
      ['frame', 'seconds', 'time', 'region', 'why', 'score', 'threshold'],
      ['15', '1', '', 'left', 'missed', '0', '50'],
      ['41', '2.733333', '', 'left', 'counted wrongly', '400', '50'],
      ['300', '20', '', '', 'flagged', '', ''],
    ])
  })

  test('as a report, without pictures where people are left out', async () => {
    const { state, text } = await exported('html', 'none')
    expect(state).toBe('done')
    const html = await text()
    expect(html).toContain('by 3 reviewed frames')
    expect(html).not.toContain('data:image')
    // The tape is not there, so that no picture can be blurred.
    const blurred = await exported('html', 'blur')
    expect([blurred.state, blurred.error?.code]).toEqual(['failed', 'tape-missing'])
  })
})

test('nothing is written outside the folders of a workbench, nor into a project', async () => {
  const client = loadPage(bench.start({ roots: [bench.at('.')] }))
  const { project } = await openHeld(client, path)
  const write = (file: string) =>
    client.call('review.export', { project, run: 1, format: 'csv', path: file })
  expect((await rejection(write('/etc/counts.csv'))).code).toBe('outside-roots')
  expect((await rejection(write(`${path}/project.db`))).code).toBe('bad-value')
  const unknown = client.call('review.export', {
    ...{ project, run: 9, format: 'csv', path: bench.at('x.csv') },
  })
  expect((await rejection(unknown)).code).toBe('no-such-run')
})

test('a region that was moved since is counted as it is now', async () => {
  const client = loadPage(bench.start())
  const { project } = await openHeld(client, path)
  const { regions } = await client.call('project.state', { project })
  const moved = regions.map(({ id, name }) => ({ ...column(name, 30, 40), id }))
  await client.call('regions.set', { project, regions: moved.slice(0, 1) })
  const file = bench.at('out', 'moved.csv')
  const { job } = await client.call('review.export', {
    ...{ project, run: 1, format: 'csv', path: file },
  })
  expect((await ended(client, project, job)).state).toBe('done')
  const [header = [], left = []] = lines(await readFile(file, 'utf8'))
  expect([left[header.indexOf('occupied')], left[header.indexOf('approximate')]]).toEqual([
    ...['0', 'yes'],
  ])
})
