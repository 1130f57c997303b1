import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { computeClient } from '../../../src/engine/compute/compute-client.ts'
import { forkChannel } from '../../../src/engine/compute/fork-channel.ts'
import { dataAhead } from '../../../src/engine/compute/types.ts'
import type { testTasks } from '../../fixtures/compute-tasks.ts'
import { startScript } from '../../fixtures/script-process.ts'

const script = join(import.meta.dirname, '../../fixtures/compute-process.ts')
const compute = computeClient<typeof testTasks>(() => forkChannel(script))
afterAll(() => compute.close())

/** False also for a process that has ended and waits for somebody to ask how. */
function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return !existsSync('/proc') || !/\) Z /.test(readFileSync(`/proc/${processId}/stat`, 'utf8'))
  } catch {
    return false
  }
}

async function gone(processId: number): Promise<void> {
  while (isRunning(processId)) await sleep(10)
}

describe('a compute process', () => {
  it('runs a task and returns its result', async () => {
    expect(await compute.run('add', { a: 2, b: 3 })).toBe(5)
  })

  it('carries bytes there and back', async () => {
    const pixels = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 251)
    expect(await compute.run('echo', pixels)).toEqual(pixels)
  })

  it('runs several tasks at a time', async () => {
    const waiting = new AbortController()
    const slow = compute.run('untilCancelled', null, { signal: waiting.signal })
    expect(await compute.run('add', { a: 1, b: 1 })).toBe(2)
    waiting.abort()
    await expect(slow).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('throws the error that the task threw, code and hint included', async () => {
    await expect(compute.run('refuse', undefined)).rejects.toMatchObject({
      code: 'not-a-video',
      message: 'x.txt is not a video',
      hint: 'Name a video.',
    })
  })

  it('passes progress on', async () => {
    const stages: string[] = []
    await compute.run('progress', null, { onProgress: ({ stage }) => stages.push(stage) })
    expect(stages).toEqual(['test'])
  })
})

describe('intermediate results', () => {
  it('arrive in order, one after the other, before the task ends', async () => {
    const taken: number[] = []
    let open = 0
    await compute.run(
      'count',
      { n: 12 },
      {
        onData: async (value) => {
          expect(++open).toBe(1)
          await sleep(value % 3)
          taken.push(value)
          open--
        },
      },
    )
    expect(taken).toEqual(Array.from({ length: 12 }, (_, i) => i))
  })

  it('hold the task back while they are not taken', async () => {
    const first = Promise.withResolvers<void>()
    const running = compute.run(
      'count',
      { n: 40 },
      { onData: (value) => (value === 0 ? first.promise : undefined) },
    )
    await sleep(300)
    first.resolve()
    expect(await running).toBe(dataAhead)
  })

  it('cancel the task when the receiver throws, and the error is the receiver’s', async () => {
    const running = compute.run(
      'count',
      { n: 1000 },
      {
        onData: (value) => {
          if (value === 3) throw new Error('the disk is full')
        },
      },
    )
    await expect(running).rejects.toThrow('the disk is full')
    expect(await compute.run('add', { a: 1, b: 2 })).toBe(3)
  })
})

describe('a cancelled task', () => {
  it('is not even started when it was cancelled before', async () => {
    const running = compute.run('crash', { words: '' }, { signal: AbortSignal.abort() })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(await compute.run('add', { a: 1, b: 2 })).toBe(3)
  })

  it('leaves the process as it is when it stops', async () => {
    const before = compute.processId
    const running = compute.run('untilCancelled', null, { signal: AbortSignal.timeout(50) })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(compute.processId).toBe(before)
  })

  it('is ended with its process when it does not stop, and the next one has a new process', async () => {
    await compute.run('add', { a: 0, b: 0 })
    const before = compute.processId
    const running = compute.run('hang', undefined, { signal: AbortSignal.timeout(50) })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(await compute.run('add', { a: 1, b: 2 })).toBe(3)
    expect(compute.processId).not.toBe(before)
  })

  it('is given the time that its caller says', async () => {
    await compute.run('add', { a: 0, b: 0 })
    const before = compute.processId
    const work = { signal: AbortSignal.timeout(50), patienceMs: 20_000 }
    await expect(compute.run('busy', { ms: 2500 }, work)).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(compute.processId).toBe(before)
  })
})

describe('a compute process that ends in the middle', () => {
  it('fails every running task with its name and the signal, and the next one works', async () => {
    await compute.run('add', { a: 0, b: 0 })
    const running = [compute.run('untilCancelled', null), compute.run('hang', undefined)]
    process.kill(compute.processId ?? 0, 'SIGKILL')
    for (const call of running)
      await expect(call).rejects.toMatchObject({
        code: 'compute-crashed',
        message: 'a compute process was ended by SIGKILL during untilCancelled, hang',
        hint: expect.stringContaining('out of memory'),
      })
    expect(await compute.run('add', { a: 1, b: 2 })).toBe(3)
  })

  it('says so when it was ended for the sake of another task', async () => {
    const other = compute.run('untilCancelled', null)
    const failed = expect(other).rejects.toMatchObject({
      code: 'compute-crashed',
      message:
        'a compute process had to be ended because hang did not stop during untilCancelled, hang',
    })
    const hanging = compute.run('hang', undefined, { signal: AbortSignal.timeout(50) })
    await expect(hanging).rejects.toMatchObject({ code: 'cancelled' })
    await failed
  })

  it('leaves its last words in the error’s cause', async () => {
    const running = compute.run('crash', { words: 'assertion failed: x.c:12' })
    await expect(running).rejects.toMatchObject({
      code: 'compute-crashed',
      message: 'a compute process was ended by SIGABRT during crash',
      cause: { message: expect.stringContaining('assertion failed: x.c:12') },
    })
  })

  it('is an error that says so when its script is missing', async () => {
    await using missing = computeClient<typeof testTasks>(() => forkChannel('/nowhere.ts'))
    await expect(missing.run('add', { a: 1, b: 2 })).rejects.toMatchObject({
      code: 'compute-crashed',
      message: 'a compute process ended with exit code 1 during add',
      cause: { message: expect.stringContaining('/nowhere.ts') },
    })
  })
})

describe('a compute process whose engine dies', () => {
  it('ends as well', async () => {
    const parent = startScript('compute-parent.ts')
    const processId = Number(await parent.line())
    expect(processId).toBeGreaterThan(0)
    await parent.kill()
    await gone(processId)
  })
})

describe('closing', () => {
  it('ends the process and cancels what runs in it', async () => {
    const other = computeClient<typeof testTasks>(() => forkChannel(script))
    await other.run('add', { a: 1, b: 2 })
    const running = other.run('hang', undefined)
    const failed = expect(running).rejects.toMatchObject({ code: 'cancelled' })
    const processId = other.processId ?? 0
    await other.close()
    await failed
    await gone(processId)
    expect(other.processId).toBeNull()
  })
})
