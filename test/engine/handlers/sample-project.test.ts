import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { ended, loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('the sample project', () => {
  test('is drawn by a job, with tape, recipe and regions, while the page looks on', async () => {
    const service = bench.start({ sample: { frames: 4, size: 128 } })
    const client = loadPage(service)
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
    const [listed] = await client.call('projects.list', {})
    expect(listed).toMatchObject({ path, frames: 4, running: 0, unfinished: 0 })
    const poster = listed?.state === 'ready' ? listed.poster : null
    const answer = await service.bytes(new Request(new URL(poster ?? '', 'http://page')))
    expect(answer.headers.get('content-type')).toBe('image/jpeg')
    const { format, width, height } = await sharp(await answer.arrayBuffer()).metadata()
    expect({ format, width, height }).toEqual({ format: 'jpeg', width: 320, height: 240 })
    const elsewhere = loadPage(bench.start({ roots: [bench.at()] }))
    expect(await elsewhere.call('projects.list', {})).toEqual([])
    const second = await client.call('projects.createSample', {})
    expect(second.path.endsWith('Sample 2.maskbench')).toBe(true)
  })
})
