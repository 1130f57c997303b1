import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import { openReader } from '../../../src/engine/media/tape.ts'
import type { Picture, TapeIndex } from '../../../src/engine/media/types.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { makeClip } from '../media/clips.ts'

const temporary = temporaryFolder()
const compute = startCompute()
afterAll(() => compute.close())

const frames = 24
const filters = 'scale=48:32'
let index: TapeIndex
/** The pictures as a reader in this process gives them. */
let pictures: Picture[]

beforeAll(async () => {
  const path = await makeClip(temporary('tape.mp4'), '-c:v libx264 -g 8', frames)
  index = await compute.run('indexTape', { path })
  const reader = await openReader(index.info, index, { filters })
  const list = Array.from({ length: frames }, (_, frame) => frame)
  pictures = []
  for await (const picture of reader.frames(list))
    pictures.push({ ...picture, data: new Uint8Array(picture.data) })
  await reader.close()
})

describe('a compute process and a tape', () => {
  it('indexes it, arrays and all', () => {
    expect(index.frames).toBe(frames)
    expect(index.pts).toBeInstanceOf(Float64Array)
    expect(index.pts.length).toBe(frames)
  })

  it('describes it by its headers', async () => {
    const info = await compute.run('probeTape', { path: index.info.path })
    expect(info).toMatchObject({ width: 96, height: 64, codec: 'h264' })
  })

  it('knows it again, and no other', async () => {
    const { sizeBytes, sha256 } = index
    const other = await makeClip(temporary('other.mp4'), '-c:v libx264', 5)
    const tape = { path: index.info.path, sizeBytes, sha256 }
    expect(await compute.run('isSameTape', tape)).toBe(true)
    expect(await compute.run('isSameTape', { ...tape, path: other })).toBe(false)
  })

  it('gives single frames through filters, in any order and many at a time', async () => {
    const wanted = [17, 3, 3, 23, 0, 16]
    const given = await Promise.all(
      wanted.map((frame) => compute.run('readFrame', { index, filters, frame })),
    )
    given.forEach((picture, i) => {
      const expected = pictures[wanted[i] ?? 0]
      expect(picture.frame).toBe(expected?.frame)
      expect(picture.data.every((byte, at) => byte === expected?.data[at])).toBe(true)
    })
  })

  it('gives a frame as PNG', async () => {
    const png = await compute.run('framePng', { index, filters, frame: 9 })
    const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true })
    expect(info).toMatchObject({ width: 48, height: 32, channels: 3 })
    expect(data.equals(pictures[9]?.data ?? new Uint8Array())).toBe(true)
  })

  it('gives a list of frames in order', async () => {
    const given: number[] = []
    const list = [2, 3, 11, 20]
    await compute.run(
      'readFrames',
      { index, filters, frames: list },
      {
        onData: ({ frame, data }) => {
          expect(data.every((byte, at) => byte === pictures[frame]?.data[at])).toBe(true)
          given.push(frame)
        },
      },
    )
    expect(given).toEqual(list)
  })

  it('says what is wrong with a file that is no tape', async () => {
    const path = temporary('notes.txt')
    await writeFile(path, 'not a tape')
    const error = await rejection(compute.run('indexTape', { path }))
    expect(error.code).toBe('not-a-video')
  })

  it('opens a tape anew after it had been missing', async () => {
    const path = temporary('late.mp4')
    const late = { index: { ...index, info: { ...index.info, path } }, filters, frame: 4 }
    expect((await rejection(compute.run('readFrame', late))).code).toBe('tape-missing')
    await makeClip(path, '-c:v libx264 -g 8', frames)
    expect((await compute.run('readFrame', late)).data).toEqual(pictures[4]?.data)
  })
})
