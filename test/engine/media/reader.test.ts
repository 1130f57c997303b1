import { appendFile, copyFile, rename, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { indexTape, openReader, sameTape } from '../../../src/engine/media/tape.ts'
import type { FrameReader, TapeIndex } from '../../../src/engine/media/types.ts'
import type { JobProgress } from '../../../src/shared/progress.ts'
import fc from '../../fixtures/fast-check.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { makeClip } from './clips.ts'
import { checksumsOf, everyFrame, readList } from './pictures.ts'

const temporary = temporaryFolder()
const openGop = '-c:v libx264 -preset veryfast -g 12 -bf 3 -x264-params open-gop=1:scenecut=0'
let index: TapeIndex

beforeAll(async () => {
  index = await indexTape(await makeClip(temporary('tape.ts'), openGop, 60))
})

const open = (filters = ''): Promise<FrameReader> => openReader(index.info, index, { filters })

describe('reading a tape', () => {
  it('gives the same picture in whatever order frames are asked for', async () => {
    const inOrder = checksumsOf(await readList(index))
    await using reader = await open()
    const frame = fc.nat(index.frames - 1)
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 6 }), async (order) => {
        for (const n of order)
          expect(checksumsOf([await reader.read(n)]).get(n)).toBe(inOrder.get(n))
      }),
      { numRuns: 25, seed: 3 },
    )
  })

  it('gives the same pictures for every ascending list', async () => {
    const inOrder = checksumsOf(await readList(index))
    const list = fc.uniqueArray(fc.nat(index.frames - 1), { maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(list, async (frames) => {
        const ascending = frames.toSorted((a, b) => a - b)
        const expected = new Map(ascending.map((n) => [n, inOrder.get(n)]))
        expect(checksumsOf(await readList(index, ascending))).toEqual(expected)
      }),
      { numRuns: 10, seed: 5 },
    )
  })

  it('does not depend on the number of threads', async () => {
    await using one = await openReader(index.info, index, { filters: 'scale=50:30', threads: 1 })
    await using many = await openReader(index.info, index, { filters: 'scale=50:30', threads: 4 })
    for (const n of [0, 31, 7])
      expect(checksumsOf([await one.read(n)])).toEqual(checksumsOf([await many.read(n)]))
  })

  it('gives rows without padding, whatever the width', async () => {
    for (const width of [96, 50, 33, 31]) {
      const [picture] = await readList(index, [5], `crop=${width}:40:0:0:exact=1`)
      const [whole] = await readList(index, [5])
      expect(picture?.data.length).toBe(width * 40 * 3)
      for (const row of [0, 39])
        expect(picture?.data.subarray(row * width * 3, (row * width + 16) * 3)).toEqual(
          whole?.data.subarray(row * 96 * 3, (row * 96 + 16) * 3),
        )
    }
  })

  it('leaves a picture untouched while the next one is made', async () => {
    await using reader = await open()
    for await (const { frame, data } of reader.frames(everyFrame(index))) {
      const before = checksumsOf([{ frame, pts: 0, width: 0, height: 0, data }])
      await new Promise((resolve) => setTimeout(resolve, 2))
      expect(checksumsOf([{ frame, pts: 0, width: 0, height: 0, data }])).toEqual(before)
    }
  })

  it('answers single reads while a list is read', async () => {
    const inOrder = checksumsOf(await readList(index))
    await using reader = await open()
    for await (const picture of reader.frames([3, 30, 31, 50])) {
      expect(checksumsOf([picture]).get(picture.frame)).toBe(inOrder.get(picture.frame))
      const reads = await Promise.all([9, 12, 2, 58, 41].map((n) => reader.read(n)))
      expect(reads.map(({ frame }) => frame)).toEqual([9, 12, 2, 58, 41])
      expect(checksumsOf(reads.slice(-1)).get(41)).toBe(inOrder.get(41))
    }
  })

  it('can be left in the middle of a list and used again', async () => {
    await using reader = await open()
    for await (const { frame } of reader.frames(everyFrame(index))) if (frame === 3) break
    expect((await reader.read(1)).frame).toBe(1)
  })

  it('may be closed twice, but not read after that', async () => {
    const reader = await open()
    await Promise.all([reader.read(5), reader.close(), reader.close()])
    await reader.close()
    await expect(reader.read(5)).rejects.toThrow('after it was closed')
  })

  it('reports each frame and stops within one when it is cancelled', async () => {
    await using reader = await open()
    const stop = new AbortController()
    const reports: JobProgress[] = []
    const seen: number[] = []
    const reading = async () => {
      const work = {
        signal: stop.signal,
        onProgress: (report: JobProgress) => reports.push(report),
      }
      for await (const { frame } of reader.frames(everyFrame(index), work)) {
        seen.push(frame)
        if (frame === 4) stop.abort()
      }
    }
    await expect(reading()).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toEqual([0, 1, 2, 3, 4])
    expect(reports[0]).toMatchObject({ unit: 'frames', total: 60 })
    expect((await reader.read(20)).frame).toBe(20)
  })

  it.each([-1, 60, 1.5, Number.NaN])('has no frame %s', async (frame) => {
    await using reader = await open()
    await expect(reader.read(frame)).rejects.toMatchObject({
      code: 'no-such-frame',
      message: expect.stringMatching(/has no frame .*; its frames are 0 to 59/),
    })
  })

  it('names filters that cannot work, and says so for every frame', async () => {
    await using reader = await open('crop=500:500')
    for (const frame of [0, 7])
      await expect(reader.read(frame)).rejects.toMatchObject({ code: 'bad-recipe' })
  })
})

describe('indexing a tape', () => {
  it('counts bytes up to the size of the file', async () => {
    const reports: JobProgress[] = []
    await indexTape(index.info.path, { onProgress: (report) => reports.push(report) })
    expect(reports.at(-1)).toMatchObject({ done: index.sizeBytes, total: index.sizeBytes })
    for (const [i, { done, total }] of reports.entries()) {
      expect(total).toBe(index.sizeBytes)
      expect(done).toBeGreaterThanOrEqual(reports[i - 1]?.done ?? 0)
    }
  })

  it('stops when it is cancelled', async () => {
    await expect(indexTape(index.info.path, { signal: AbortSignal.abort() })).rejects.toMatchObject(
      { code: 'cancelled' },
    )
  })

  it('notes where decoding can start', () => {
    expect([...index.seekPoints]).toEqual([0, 12, 24, 36, 48])
  })
})

describe('a tape that moved or changed', () => {
  it('is missing under its old path, known under its new one', async () => {
    const [here, there] = [temporary('here.ts'), temporary('there.ts')]
    await copyFile(index.info.path, here)
    const moved = await indexTape(here)
    await rename(here, there)
    await expect(openReader(moved.info, moved, { filters: '' })).rejects.toMatchObject({
      code: 'tape-missing',
      message: expect.stringContaining('here.ts'),
      hint: expect.stringContaining('relink'),
    })
    expect(await sameTape(moved, there)).toBe(true)
    await using reader = await openReader({ ...moved.info, path: there }, moved, { filters: '' })
    expect((await reader.read(40)).frame).toBe(40)
  })

  it('is told from a longer one, and from another of the same size', async () => {
    const path = temporary('other.ts')
    await copyFile(index.info.path, path)
    await appendFile(path, 'x')
    expect(await sameTape(index, path)).toBe(false)
    const info = { ...index.info, path }
    await expect(openReader(info, index, { filters: '' })).rejects.toMatchObject({
      code: 'tape-changed',
      message: expect.stringContaining('bytes'),
    })
    await writeFile(path, Buffer.alloc(index.sizeBytes))
    expect(await sameTape(index, path)).toBe(false)
  })

  it('is noticed by its pictures when size and format still fit', async () => {
    const path = await makeClip(temporary('first.mp4'), '-c:v libx264 -vf negate', 20)
    const known = await indexTape(path)
    const other = await indexTape(await makeClip(temporary('second.mp4'), '-c:v libx264', 20))
    const info = { ...known.info, path: other.info.path }
    const confused = { ...known, sizeBytes: other.sizeBytes }
    await using reader = await openReader(info, confused, { filters: '' })
    await expect(reader.read(0)).rejects.toMatchObject({
      code: 'tape-changed',
      message: expect.stringContaining('frame 0 of'),
    })
  })
})
