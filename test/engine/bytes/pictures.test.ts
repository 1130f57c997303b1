import { rename } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadFrameIndex } from '../../../src/engine/db/frame-indexes.ts'
import { getSource } from '../../../src/engine/db/sources.ts'
import type { WorkbenchService } from '../../../src/engine/handlers.ts'
import { createFromTape } from '../../../src/engine/jobs/create-project.ts'
import { openReader } from '../../../src/engine/media/tape.ts'
import { medianPicture } from '../../../src/engine/train/scene/background.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { recipeSchema } from '../../../src/shared/recipe.ts'
import { loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'
import { makeClip } from '../media/clips.ts'

const bench = testBench()
const frames = 60
const recipe = recipeSchema.parse({
  crop: { x: 8, y: 4, width: 64, height: 48 },
  size: { width: 64, height: 48 },
})

/** The frames of the tape as one run from its start to its end gives them. */
const decoded: Uint8Array[] = []
const timesOfTape: number[] = []
let dir = ''
let clip = ''

beforeAll(async () => {
  clip = await makeClip(bench.at('tape.mp4'), '-c:v libx264 -g 24 -bf 2', frames)
  dir = bench.at('pictures.maskbench')
  await using engine = await createFromTape(
    dir,
    { tapes: [clip], recipe: { crop: '8,4,64,48', size: '64x48' } },
    {},
  )
  const index = loadFrameIndex(engine.project, getSource(engine.project, 1))
  await using reader = await openReader(index.info, index, { filters: '' })
  const list = Array.from({ length: frames }, (_, frame) => frame)
  for await (const { data } of reader.frames(list)) decoded.push(new Uint8Array(data))
  timesOfTape.push(...list.map((frame) => frame / 25))
})

/** The part of a frame of the tape that the recipe shows, RGB. */
function cropped(frame: number): Uint8Array {
  const data = decoded[frame] ?? new Uint8Array()
  const rows = Array.from({ length: 48 }, (_, y) => {
    const from = 3 * ((y + 4) * 96 + 8)
    return data.subarray(from, from + 3 * 64)
  })
  return Uint8Array.from(Buffer.concat(rows))
}

async function openPage() {
  const service = bench.start()
  const { project } = await openHeld(loadPage(service), dir)
  return { service, at: (frame: number) => ({ project, tape: 1, frame }) }
}

async function ask(service: WorkbenchService, address: string, init?: RequestInit) {
  const response = await service.bytes(new Request(`http://page${address}`, init))
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, type: response.headers.get('content-type'), bytes }
}

/** A picture that must be there: its size and RGB. */
async function raw(service: WorkbenchService, address: string) {
  const { status, bytes } = await ask(service, address)
  expect(status).toBe(200)
  const header = new DataView(bytes.buffer)
  return { width: header.getUint32(0), height: header.getUint32(4), rgb: bytes.subarray(8) }
}

const code = ({ bytes }: { bytes: Uint8Array }): unknown =>
  JSON.parse(new TextDecoder().decode(bytes)).code

describe('pictures', () => {
  test('are those that a run through the tape gives, in whatever order they are asked for', async () => {
    const { service, at } = await openPage()
    const picture = (frame: number) => raw(service, byteAddress.picture(at(frame), 'tape', 'raw'))
    const steps = [30, 31, 32, 31, 30, 29, 28, 27, 5, 6, 59, 58, 0, 1, 40]
    for (const frame of steps) {
      const { width, height, rgb } = await picture(frame)
      expect([width, height]).toEqual([96, 64])
      expect(Buffer.compare(rgb, decoded[frame] ?? new Uint8Array())).toBe(0)
    }
    const many = [12, 50, 13, 49, 14, 12]
    for (const [i, { rgb }] of (await Promise.all(many.map(picture))).entries())
      expect(Buffer.compare(rgb, decoded[many[i] ?? 0] ?? new Uint8Array())).toBe(0)
  })

  test('come through the recipe, through one that is not set, and as PNG', async () => {
    const { service, at } = await openPage()
    const through = await raw(service, byteAddress.picture(at(33), 'recipe', 'raw'))
    expect(through).toMatchObject({ width: 64, height: 48 })
    expect(Buffer.compare(through.rgb, cropped(33))).toBe(0)
    const tried = await raw(service, byteAddress.preview(at(33), recipe, 'raw'))
    expect(tried).toEqual(through)
    const { bytes, type } = await ask(service, byteAddress.picture(at(33), 'recipe', 'png'))
    expect(type).toBe('image/png')
    expect(Buffer.compare(await sharp(bytes).raw().toBuffer(), through.rgb)).toBe(0)
  })

  test('that nobody waits for any more are dropped; those after them come', async () => {
    const { service, at } = await openPage()
    const left = new AbortController()
    const dropped = Array.from({ length: 20 }, (_, i) =>
      ask(service, byteAddress.picture(at(i), 'tape', 'raw'), { signal: left.signal }),
    )
    const wanted = raw(service, byteAddress.picture(at(55), 'tape', 'raw'))
    left.abort()
    expect(new Set((await Promise.all(dropped)).map(code))).toEqual(new Set(['cancelled']))
    expect(Buffer.compare((await wanted).rgb, decoded[55] ?? new Uint8Array())).toBe(0)
  })
})

describe('what is kept in the cache', () => {
  test('is there without the tape: thumbnails and the background', async () => {
    const { service, at } = await openPage()
    const thumbnails = [3, 40, 41].map((frame) => byteAddress.thumbnail(at(frame)))
    const first = await Promise.all(thumbnails.map((address) => ask(service, address)))
    for (const { bytes, type } of first) {
      expect(type).toBe('image/jpeg')
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 160, height: 120 })
    }
    const background = byteAddress.background(at(0), 'raw')
    const seen = await raw(service, background)
    const spread = Array.from({ length: 30 }, (_, i) => Math.floor((i * (frames - 1)) / 29))
    expect(Buffer.compare(seen.rgb, medianPicture(spread.map(cropped)))).toBe(0)

    await rename(clip, `${clip}.away`)
    try {
      const missing = await ask(service, byteAddress.picture(at(3), 'tape', 'raw'))
      expect([missing.status, code(missing)]).toEqual([404, 'tape-missing'])
      expect(code(await ask(service, byteAddress.thumbnail(at(4))))).toBe('tape-missing')
      for (const [i, address] of thumbnails.entries())
        expect((await ask(service, address)).bytes).toEqual(first[i]?.bytes)
      expect(await raw(service, background)).toEqual(seen)
    } finally {
      await rename(`${clip}.away`, clip)
    }
  })
})

describe('addresses', () => {
  test('of times give the seconds of every frame', async () => {
    const { service, at } = await openPage()
    const { bytes } = await ask(service, byteAddress.times(at(0)))
    const seconds = new Float64Array(bytes.buffer)
    expect(seconds.length).toBe(frames)
    for (const [frame, expected] of timesOfTape.entries())
      expect(seconds[frame]).toBeCloseTo(expected, 6)
  })

  test('that name nothing are answered with what is wrong', async () => {
    const { service, at } = await openPage()
    const base = `/bytes/${at(0).project}`
    const bad: [string, number, string][] = [
      [byteAddress.picture(at(frames), 'tape', 'raw'), 404, 'no-such-frame'],
      [`${base}/tapes/1/frames/-1/picture?through=tape&format=raw`, 404, 'no-such-frame'],
      [`${base}/tapes/1/frames/1e3/mask`, 404, 'no-such-frame'],
      [`${base}/tapes/9/frames/0/mask`, 404, 'no-such-tape'],
      [`${base}/tapes/1/frames/0/mask`, 404, 'no-such-file'],
      [`${base}/tapes/1/frames/0/prediction`, 404, 'no-such-run'],
      ['/bytes/nobody/tapes/1/times', 404, 'no-such-project-handle'],
      [`${base}/tapes/1/frames/0/picture?through=roof&format=raw`, 400, 'bad-value'],
      [`${base}/tapes/1/frames/0/picture?through=tape&format=gif`, 400, 'bad-value'],
      [`${base}/tapes/1/frames/0/picture?recipe=%7B&format=raw`, 400, 'bad-recipe'],
      [`${base}/tapes/1/frames/0/picture?recipe=%7B%7D&format=raw`, 400, 'bad-recipe'],
      [`${base}/tapes/1/frames/0/__proto__`, 404, 'no-such-file'],
      [`${base}/tapes/1/constructor`, 404, 'no-such-file'],
      [`${base}/tapes/1/frames/0/mask/more`, 404, 'no-such-file'],
      [`${base}/tapes/1/..%2f..%2fproject.db`, 404, 'no-such-file'],
      [`${base}/tapes/1/frames/%E0%A4%A/mask`, 404, 'no-such-file'],
      ['/bytes/posters/..%2f..%2fetc%2fpasswd', 404, 'no-such-file'],
      ['/bytes/', 404, 'no-such-file'],
    ]
    for (const [address, status, expected] of bad) {
      const answer = await ask(service, address)
      expect([address, answer.status, code(answer)]).toEqual([address, status, expected])
    }
    const posted = await ask(service, byteAddress.times(at(0)), { method: 'POST', body: 'x' })
    expect(posted.status).toBe(400)
  })
})
