import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal } from '../../../../src/renderer/src/annotate/journal/journal.ts'
import { saveText } from '../../../../src/renderer/src/annotate/journal/save-text.ts'
import type { Stroke } from '../../../../src/shared/stroke.ts'
import { StrokeServer } from '../../../fixtures/stroke-server.ts'

const mask = { width: 8, height: 4 }
const here = { tape: 1, frame: 7 }

function stroke(value: number): Stroke {
  return { mask, x: 1, y: 2, width: 2, height: 1, data: Uint8Array.of(value, value) }
}

let server: StrokeServer
beforeEach(async () => {
  server = new StrokeServer()
  await server.start()
})
afterEach(() => server.stop())

function journalOf(retryMs: readonly number[] = [5]): Journal {
  return new Journal({ project: () => 'p 1', fetch: server.fetch, session: 's', retryMs })
}

const values = (): (number | undefined)[] => server.taken.map((taken) => taken.stroke.data[0])

describe('The journal', () => {
  it('sends strokes in order to the address of their frame', async () => {
    const journal = journalOf()
    journal.append(here, stroke(1))
    journal.append({ tape: 2, frame: 3 }, stroke(2))
    journal.append(here, stroke(3))
    await journal.settled(here)
    expect(server.taken.map(({ path, session, number }) => [path, session, number])).toEqual([
      ['/bytes/p%201/tapes/1/frames/7/strokes', 's', 1],
      ['/bytes/p%201/tapes/2/frames/3/strokes', 's', 2],
      ['/bytes/p%201/tapes/1/frames/7/strokes', 's', 3],
    ])
    expect(server.taken[2]?.stroke).toEqual(stroke(3))
  })

  it('has a stroke of a large brush on the disk within 300 ms', async () => {
    const journal = journalOf()
    journal.append(here, stroke(1))
    await journal.settled(here)
    const began = performance.now()
    journal.append(here, {
      mask: { width: 4096, height: 4096 },
      ...{ x: 0, y: 0, width: 500, height: 500 },
      data: new Uint8Array(250_000),
    })
    await journal.settled(here)
    expect(server.taken).toHaveLength(2)
    expect(performance.now() - began).toBeLessThan(300)
  })

  it('says how it stands: saved, saving, not saved, saved', async () => {
    server.failures.push({ status: 500, code: 'disk-full' }, null)
    const journal = journalOf()
    const told: string[] = []
    journal.subscribe(() => {
      const { status, pending, problem } = journal.get()
      told.push(`${status} ${pending} ${problem?.code ?? '-'}`)
    })
    expect(journal.get().status).toBe('saved')
    journal.append(here, stroke(1))
    await journal.settled(here)
    await Promise.resolve()
    expect(told.at(0)).toBe('saving 1 -')
    expect(told).toContain('waiting 1 disk-full')
    const saved = { status: 'saved', pending: 0, problem: null, refused: 0, isFull: false }
    expect(journal.get()).toEqual(saved)
  })

  it('keeps what cannot be sent, in order, and sends it once the engine is back', async () => {
    server.failures.push(...Array<'hang-up'>(6).fill('hang-up'))
    const journal = journalOf()
    for (const value of [1, 2, 3]) journal.append(here, stroke(value))
    await journal.settled(here)
    expect(values()).toEqual([1, 2, 3])
    expect(server.requests).toBe(9)
  })

  it('never paints twice when the answer to a stroke was lost', async () => {
    server.failures.push(null, 'lost-answer', 'lost-answer', null)
    const journal = journalOf()
    for (const value of [1, 2, 3]) journal.append(here, stroke(value))
    await journal.settled(here)
    expect(values()).toEqual([1, 2, 3])
    expect(server.taken.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('tries at once when it is asked to', async () => {
    server.failures.push('hang-up')
    const journal = journalOf([60_000])
    journal.append(here, stroke(1))
    await new Promise<void>((resolve) => {
      const stop = journal.subscribe(() => {
        if (journal.get().status !== 'waiting') return
        stop()
        // The wait begins right after it is told.
        setTimeout(resolve, 20)
      })
    })
    journal.retry()
    await journal.settled(here)
    expect(values()).toEqual([1])
  })

  it('goes on without a stroke that the engine will never take, and says so', async () => {
    server.failures.push({ status: 400, code: 'other-geometry' })
    const journal = journalOf()
    journal.append(here, stroke(1))
    journal.append(here, stroke(2))
    await journal.settled(here)
    expect(values()).toEqual([2])
    expect(journal.get()).toMatchObject({ refused: 1, problem: { code: 'other-geometry' } })
    journal.dismiss()
    expect(journal.get()).toMatchObject({ refused: 0, problem: null })
  })

  it('keeps strokes of a project that somebody else writes', async () => {
    server.failures.push({ status: 409, code: 'read-only' })
    const journal = journalOf()
    journal.append(here, stroke(1))
    await journal.settled(here)
    expect(values()).toEqual([1])
  })

  it('uses the handle that the project has now', async () => {
    let handle = 'old'
    server.failures.push('hang-up')
    const journal = new Journal({
      project: () => handle,
      fetch: server.fetch,
      session: 's',
      retryMs: [5],
    })
    journal.append(here, stroke(1))
    handle = 'new'
    await journal.settled(here)
    expect(server.taken[0]?.path).toContain('/bytes/new/')
  })

  it('says with which recipe a stroke was painted', async () => {
    const journal = journalOf()
    journal.append({ ...here, geometry: 'abc' }, stroke(1))
    await journal.settled(here)
    expect(server.addresses.at(-1)).toContain('&geometry=abc')
  })

  it('holds long strokes as small as they are simple', async () => {
    server.failures.push('hang-up')
    const journal = new Journal({
      project: () => 'p',
      fetch: server.fetch,
      session: 's',
      retryMs: [60_000],
      mostBytes: 1_010_000,
    })
    const large: Stroke = {
      mask: { width: 1000, height: 1000 },
      ...{ x: 0, y: 0, width: 1000, height: 1000 },
      data: new Uint8Array(1_000_000).fill(1),
    }
    for (let i = 0; i < 20; i++) journal.append(here, large)
    await expect.poll(() => journal.get().status).toBe('waiting')
    expect(journal.get()).toMatchObject({ pending: 20, isFull: false })
    journal.retry()
    await journal.settled(here)
    expect(server.taken).toHaveLength(20)
    expect(server.taken.every((taken) => taken.stroke.data.length === 1_000_000)).toBe(true)
  })

  it('is full when memory runs short, and not any more once it is on the disk', async () => {
    server.failures.push('hang-up', 'hang-up')
    const journal = new Journal({
      project: () => 'p',
      fetch: server.fetch,
      session: 's',
      retryMs: [60_000],
      mostBytes: 35,
    })
    journal.append(here, stroke(1))
    expect(journal.get().isFull).toBe(false)
    journal.append(here, stroke(2))
    await expect.poll(() => journal.get().status).toBe('waiting')
    expect(journal.get().isFull).toBe(true)
    expect(saveText(journal.get())).toBe('Not saved: 2 strokes in memory, and no room for more')
    journal.retry()
    await expect.poll(() => server.requests).toBe(2)
    await expect.poll(() => journal.get().status).toBe('waiting')
    journal.retry()
    await journal.settled(here)
    expect(journal.get().isFull).toBe(false)
    expect(values()).toEqual([1, 2])
  })

  it('is settled for a frame while strokes of another one wait', async () => {
    const journal = journalOf([60_000])
    journal.append(here, stroke(1))
    await journal.settled(here)
    server.failures.push('hang-up')
    journal.append({ tape: 1, frame: 8 }, stroke(2))
    await journal.settled(here)
    expect(journal.isPending(here)).toBe(false)
    expect(journal.isPending({ tape: 1, frame: 8 })).toBe(true)
  })
})
