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
    expect(job).toMatchObject({ kind: 'sample', title: 'Draw the sample tape' })
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

  test('is drawn into the same project again where that was given up', async () => {
    const client = loadPage(bench.start({ sample: { frames: 60, size: 128 } }))
    const { path } = await client.call('projects.createSample', {})
    const { project } = await openHeld(client, path)
    const [first] = await client.call('jobs.list', { project })
    await client.call('jobs.cancel', { project, job: first?.id ?? 0 })
    expect(await ended(client, project, first?.id ?? 0)).toMatchObject({ state: 'cancelled' })
    expect(await client.call('projects.createSample', {})).toEqual({ path })
    const [again] = await client.call('jobs.list', { project })
    expect(again?.id).not.toBe(first?.id)
    expect(await ended(client, project, again?.id ?? 0)).toMatchObject({ state: 'done' })
    expect((await client.call('project.state', { project })).tapes).toMatchObject([{ frames: 60 }])
  })
})
