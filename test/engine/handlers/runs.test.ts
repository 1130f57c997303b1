import { rm } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { openProject } from '../../../src/engine/db/project.ts'
import { openEngine } from '../../../src/engine/engine.ts'
import { addTape } from '../../../src/engine/jobs/tapes.ts'
import { encodeTape } from '../../../src/engine/media/encode.ts'
import { rejection } from '../../fixtures/caught.ts'
import { killableCompute } from '../../fixtures/killable-compute.ts'
import { longSquareTape, squareMask, squareSize } from '../../fixtures/square-tape.ts'
import { eight, label, trainingBench } from '../../fixtures/training-bench.ts'
import { ended, type Page } from '../../fixtures/workbench.ts'

const { bench, make, open } = trainingBench()

/** Enough for a run of a few seconds. */
const longFrames = 1500
let longTape = ''
beforeAll(async () => {
  longTape = await longSquareTape(bench.at('long tape'), longFrames)
})

const runs = (client: Page, project: string, tape = 1) =>
  client.call('runs.list', { project, tape })

async function addTo(path: string, tape: string): Promise<void> {
  await using engine = openEngine(path, 'write')
  await addTape(engine, tape, undefined, {})
}

/** A tape in one file. */
async function film(path: string, frames: number): Promise<string> {
  const options = { ...squareSize, framesPerSecond: 5, crf: 20 }
  await using tape = await encodeTape(path, options)
  for (let frame = 0; frame < frames; frame++)
    await tape.write(new Uint8Array(squareSize.width * squareSize.height * 3).fill(frame * 20))
  await tape.close()
  return path
}

/** A project whose second tape is a long one. */
async function openLong(name: string, options = {}) {
  const path = await make(name, () => {})
  await addTo(path, longTape)
  return open(path, options)
}

/** Resolves once a run has come some way. */
function halfWay(client: Page): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  client.on('job.progress', ({ progress }) => {
    if (progress.done > 100 && progress.done < longFrames / 2) resolve()
  })
  return promise
}

describe('a run', () => {
  test('is planned, done, and told of', async () => {
    const { client, project } = await open(await make('whole', () => {}))
    const at = { project, tape: 1 }
    const changed: string[] = []
    client.on('project.changed', ({ parts }) => changed.push(...parts))
    const plan = await client.call('runs.plan', at)
    expect(plan).toMatchObject({
      ...{ model: { id: 'tiny', name: 'Tiny' }, device: 'auto', frames: 24, done: 0 },
      ...{ isMeasured: false, problem: null },
    })
    expect(plan.framesPerSecond).toBeGreaterThan(0)
    expect(plan.seconds).toBeCloseTo(24 / plan.framesPerSecond)
    const { job } = await client.call('runs.start', at)
    expect(await ended(client, project, job)).toMatchObject({ state: 'done', kind: 'infer' })
    expect(changed).toEqual(['runs', 'runs'])
    expect(await runs(client, project)).toMatchObject([
      {
        ...{ tape: 1, model: { id: 'tiny', name: 'Tiny' }, device: 'cpu', frames: 24, done: 24 },
        ...{ state: 'done', current: true },
      },
    ])
    expect(await client.call('runs.plan', at)).toMatchObject({
      ...{ frames: 0, done: 24, seconds: 0, isMeasured: true, device: 'cpu' },
    })
    const infer = (await client.call('jobs.list', { project })).filter((j) => j.kind === 'infer')
    expect(infer).toHaveLength(1)

    await client.call('models.activate', { project, model: 'good' })
    expect(await runs(client, project)).toMatchObject([{ current: false }])
    const other = await client.call('runs.plan', at)
    expect(other).toMatchObject({ model: { id: 'good' }, frames: 24, isMeasured: false })
    const second = await client.call('runs.start', at)
    await ended(client, project, second.job)
    expect(await runs(client, project)).toMatchObject([
      { model: { id: 'good' }, current: true },
      { model: { id: 'tiny' }, current: false },
    ])
  })

  test('that is cancelled half way keeps its part, and goes on from there', async () => {
    const { client, project } = await openLong('cancelled')
    const at = { project, tape: 2 }
    const reached = halfWay(client)
    const { job } = await client.call('runs.start', at)
    await reached
    await client.call('jobs.cancel', { project, job })
    expect((await ended(client, project, job)).state).toBe('cancelled')
    const [part] = await runs(client, project, 2)
    expect(part).toMatchObject({ state: 'cancelled', frames: longFrames, current: true })
    expect(part?.done).toBeGreaterThan(0)
    expect(part?.done).toBeLessThan(longFrames)
    const plan = await client.call('runs.plan', at)
    expect(plan).toMatchObject({
      ...{ done: part?.done, frames: longFrames - (part?.done ?? 0), stopped: 'cancelled' },
    })
    const again = await client.call('runs.start', at)
    expect((await ended(client, project, again.job)).state).toBe('done')
    expect(await runs(client, project, 2)).toMatchObject([
      { id: part?.id, state: 'done', done: longFrames },
    ])
  })

  test('whose compute process is killed has failed, says so, and goes on from there', async () => {
    const compute = killableCompute()
    const { client, project } = await openLong('killed', compute)
    const reached = halfWay(client)
    const { job } = await client.call('runs.start', { project, tape: 2 })
    await reached
    compute.kill()
    expect(await ended(client, project, job)).toMatchObject({
      state: 'failed',
      error: { code: 'compute-crashed', hint: expect.stringContaining('goes on') },
    })
    const [part] = await runs(client, project, 2)
    expect(part).toMatchObject({ state: 'failed' })
    expect(part?.done).toBeGreaterThan(0)
    const again = await client.call('runs.start', { project, tape: 2 })
    expect((await ended(client, project, again.job)).state).toBe('done')
    expect(await runs(client, project, 2)).toMatchObject([{ id: part?.id, done: longFrames }])
  })

  test('that ends with the program is interrupted, and keeps its part', async () => {
    const { path, service, client, project } = await openLong('closed')
    const reached = halfWay(client)
    await client.call('runs.start', { project, tape: 2 })
    await reached
    await service.close()
    const next = await open(path)
    const [part] = await runs(next.client, next.project, 2)
    expect(part).toMatchObject({ state: 'interrupted', frames: longFrames })
    expect(part?.done).toBeGreaterThan(0)
    expect(await next.client.call('runs.plan', { project: next.project, tape: 2 })).toMatchObject({
      ...{ done: part?.done, stopped: 'interrupted' },
    })
  })

  test('cannot be of a tape that is gone', async () => {
    const path = await make('gone', () => {})
    const tape = await longSquareTape(bench.at('short'), 25)
    await addTo(path, tape)
    await rm(tape, { recursive: true })
    const { client, project } = await open(path)
    const at = { project, tape: 2 }
    expect((await client.call('runs.plan', at)).problem).toMatchObject({ code: 'tape-missing' })
    const error = await rejection(client.call('runs.start', at))
    expect(error).toMatchObject({ code: 'tape-missing', hint: expect.stringContaining('Tape') })
    expect((await rejection(client.call('runs.start', { project, tape: 9 }))).code).toBe(
      'no-such-tape',
    )
  })

  test('cannot be of a tape that was replaced by another file, nor can a training', async () => {
    const path = await make('replaced', (project) => label(project, eight))
    const tape = await film(bench.at('film.mp4'), 12)
    await addTo(path, tape)
    const before = openProject(path, { mode: 'write' })
    label(before, [3], squareMask, 2)
    before.close()
    await film(tape, 4)
    const { client, project } = await open(path)
    const at = { project, tape: 2 }
    const clear = { code: 'tape-changed', message: expect.stringContaining('another file') }
    expect((await client.call('runs.plan', at)).problem).toMatchObject(clear)
    expect(await rejection(client.call('runs.start', at))).toMatchObject(clear)
    const plan = client.call('training.plan', { project, choice: {} })
    expect(await rejection(plan)).toMatchObject(clear)
    const { job } = await client.call('runs.start', { project, tape: 1 })
    expect((await ended(client, project, job)).state).toBe('done')
  })
})
