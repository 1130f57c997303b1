import { describe, expect, test } from 'vitest'
import { ended, loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('the sample project', () => {
  test('is drawn by a job, with tape, recipe and regions, while the page looks on', async () => {
    const client = loadPage(bench.start({ sample: { frames: 4, size: 128 } }))
    const { path } = await client.call('projects.createSample', {})
    const { project } = await openHeld(client, path)
    const [job] = await client.call('jobs.list', { project })
    expect(job).toMatchObject({ kind: 'import', title: 'Draw the sample tape' })
    const postered = new Promise<void>((resolve) => client.on('projects.changed', () => resolve()))
    expect(await ended(client, project, job?.id ?? 0)).toMatchObject({ state: 'done', error: null })
    const state = await client.call('project.state', { project })
    expect(state).toMatchObject({
      tapes: [{ name: 'tape.mp4', frames: 4, missing: false, problem: null, startTime: null }],
      recipe: { recipe: { lens: { projection: 'equidistant' } } },
    })
    expect(state.regions.length).toBeGreaterThan(2)
    await postered
    expect(await client.call('projects.list', {})).toMatchObject([
      {
        path,
        frames: 4,
        poster: expect.stringMatching(/^\/bytes\/posters\/[0-9a-f]{32}\?at=\d+$/),
      },
    ])
    const second = await client.call('projects.createSample', {})
    expect(second.path.endsWith('Sample 2.maskbench')).toBe(true)
  })
})
