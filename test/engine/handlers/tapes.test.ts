import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import type { Tasks } from '../../../src/engine/compute/tasks.ts'
import type { ComputeProcess } from '../../../src/engine/compute/types.ts'
import { encodeTape } from '../../../src/engine/media/encode.ts'
import type { JobProgress } from '../../../src/shared/progress.ts'
import { rejection } from '../../fixtures/caught.ts'
import { squareTape } from '../../fixtures/square-tape.ts'
import {
  ended,
  loadPage,
  openHeld,
  openNew,
  type Page,
  testBench,
} from '../../fixtures/workbench.ts'

const bench = testBench()
const frames = 30

async function writeTape(path: string, grey: number, width = 64): Promise<string> {
  const options = { width, height: 48, framesPerSecond: 15, crf: 30 }
  await using tape = await encodeTape(path, options)
  for (let i = 0; i < frames; i++) await tape.write(new Uint8Array(width * 48 * 3).fill(grey + i))
  await tape.close()
  return path
}

let tape: string

beforeAll(async () => {
  tape = await writeTape(bench.at(`hall "1" 📼.mp4`), 40)
})

async function add(client: Page, project: string, path: string) {
  const { job } = await client.call('tapes.add', { project, path })
  return ended(client, project, job)
}

const tapesOf = async (client: Page, project: string) =>
  (await client.call('project.state', { project })).tapes

describe('a tape that is added', () => {
  test('is read once by a job, and is then in the project', async () => {
    const client = loadPage(bench.start())
    const { project, path } = await openNew(client, 'added', bench.at())
    const said: { path: string; progress: JobProgress }[] = []
    client.on('job.progress', (event) => said.push(event))
    const changed = new Promise((resolve) => client.on('project.changed', resolve))
    expect(await add(client, project, tape)).toMatchObject({
      ...{ kind: 'import', title: `Add hall "1" 📼.mp4`, state: 'done' },
    })
    expect(await changed).toEqual({ path, parts: ['tapes'] })
    expect(said.at(-1)).toMatchObject({ path, progress: { done: said.at(-1)?.progress.total } })
    expect(await tapesOf(client, project)).toEqual([
      {
        ...{ id: 1, path: tape, name: `hall "1" 📼.mp4`, frames, width: 64, height: 48 },
        frameRate: expect.closeTo(15, 6),
        seconds: expect.closeTo(2, 6),
        ...{ startTime: null, problem: null, missing: false },
      },
    ])
  })

  test('is refused by its job when it is none, is of another camera, or is there already', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'refused', bench.at())
    expect((await add(client, project, tape)).state).toBe('done')
    await writeFile(bench.at('empty.mp4'), '')
    await writeFile(bench.at('text.mp4'), 'not a video at all\n'.repeat(100))
    await mkdir(bench.at('no pictures'))
    const wide = await writeTape(bench.at('wide.mp4'), 90, 128)
    const paths = [bench.at('empty.mp4'), bench.at('text.mp4'), bench.at('no pictures'), wide, tape]
    const codes = []
    for (const path of paths) codes.push((await add(client, project, path)).error?.code)
    expect(codes).toEqual([
      ...['empty-file', 'not-a-video', 'is-a-directory', 'tape-size-differs', 'tape-exists'],
    ])
    expect(await tapesOf(client, project)).toHaveLength(1)
    const absent = client.call('tapes.add', { project, path: bench.at('absent.mp4') })
    expect((await rejection(absent)).code).toBe('no-such-file')
  })

  test('may be a folder of pictures', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'pictures', bench.at())
    const folder = await squareTape(bench.at('pictures'))
    expect(await add(client, project, folder)).toMatchObject({ state: 'done' })
    expect(await tapesOf(client, project)).toMatchObject([{ name: 'pictures', frames: 24 }])
  })
})

describe('a tape of a project', () => {
  test('gets a start time, in words that a clock understands', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'clock', bench.at())
    await add(client, project, tape)
    const set = (startTime: string | null) =>
      client.call('tapes.setStartTime', { project, tape: 1, startTime })
    await set('2026-05-01T06:00:00')
    expect(await tapesOf(client, project)).toMatchObject([{ startTime: '2026-05-01T06:00:00' }])
    expect((await rejection(set('at six'))).code).toBe('bad-value')
    await set(null)
    expect(await tapesOf(client, project)).toMatchObject([{ startTime: null }])
    const other = client.call('tapes.setStartTime', { project, tape: 7, startTime: null })
    expect((await rejection(other)).code).toBe('no-such-tape')
  })

  test('that has moved is missing until it is found again; another one is not taken for it', async () => {
    const client = loadPage(bench.start())
    const { project, path } = await openNew(client, 'moved', bench.at())
    const [before, after] = [bench.at('before.mp4'), bench.at('after.mp4')]
    await copyFile(tape, before)
    await add(client, project, before)
    await rename(before, after)
    await client.call('projects.close', { project })
    await openHeld(client, path)
    expect(await tapesOf(client, project)).toMatchObject([{ missing: true, path: before }])
    const relink = async (to: string) => {
      const { job } = await client.call('tapes.relink', { project, tape: 1, path: to })
      return ended(client, project, job)
    }
    const other = await writeTape(bench.at('other.mp4'), 120)
    expect(await relink(other)).toMatchObject({ state: 'failed', error: { code: 'tape-changed' } })
    expect(await relink(after)).toMatchObject({ state: 'done', title: 'Find before.mp4 again' })
    expect(await tapesOf(client, project)).toMatchObject([{ missing: false, path: after }])
    await writeFile(after, 'shorter')
    expect(await tapesOf(client, project)).toMatchObject([
      { missing: false, problem: expect.stringContaining('another file') },
    ])
    await rm(after)
  })
})

describe('a compute process that is killed', () => {
  test('fails the job that it worked for, and the next one gets a new process', async () => {
    const processes: ComputeProcess<Tasks>[] = []
    const client = loadPage(
      bench.start({
        startCompute() {
          const compute = startCompute()
          processes.push(compute)
          return compute
        },
      }),
    )
    const { project } = await openNew(client, 'killed', bench.at())
    const { job } = await client.call('tapes.add', { project, path: tape })
    const pid = async (): Promise<number> => {
      for (;;) {
        const [running] = processes.flatMap(({ processId }) => processId ?? [])
        if (running !== undefined) return running
        await sleep(5)
      }
    }
    process.kill(await pid(), 'SIGKILL')
    expect(await ended(client, project, job)).toMatchObject({
      ...{ state: 'failed', error: { code: 'compute-crashed' } },
    })
    expect(await tapesOf(client, project)).toEqual([])
    expect(await add(client, project, tape)).toMatchObject({ state: 'done' })
  })
})

describe('a job', () => {
  test('that is cancelled leaves the project as it was', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'cancelled', bench.at())
    const { job } = await client.call('tapes.add', { project, path: tape })
    await client.call('jobs.cancel', { project, job })
    expect(await ended(client, project, job)).toMatchObject({ state: 'cancelled' })
    expect(await tapesOf(client, project)).toEqual([])
  })

  test('goes on while no page is there, and the project closes after it', async () => {
    const service = bench.start()
    const client = loadPage(service)
    const { project, path } = await openNew(client, 'alone', bench.at())
    const { job } = await client.call('tapes.add', { project, path: tape })
    await client.call('projects.close', { project })
    const again = await openHeld(client, path)
    expect(await ended(client, again.project, job)).toMatchObject({ state: 'done' })
    expect(await tapesOf(client, again.project)).toHaveLength(1)
  })
})
