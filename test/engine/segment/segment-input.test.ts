import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import { encodeTape } from '../../../src/engine/media/encode.ts'
import { indexTape } from '../../../src/engine/media/tape.ts'
import { namedNetwork } from '../../../src/engine/models/named-network.ts'
import { type SegmentWish, segmentInput } from '../../../src/engine/segment/segment-input.ts'
import { type Look, lookSchema } from '../../../src/shared/segment.ts'
import { rejection } from '../../fixtures/caught.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()

/** Red at the left, which the tiny network takes for a person, and green, a chair, at the right. */
function halves(width: number, height: number): Buffer {
  const data = Buffer.alloc(3 * width * height)
  for (let i = 0; i < width * height; i++) data[3 * i + (i % width < width / 2 ? 0 : 1)] = 255
  return data
}

const picture = (width = 64, height = 32) =>
  sharp(halves(width, height), { raw: { width, height, channels: 3 } })

async function pixel(file: string, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = info.channels * (y * info.width + x)
  return [...data.subarray(at, at + info.channels)]
}

describe('A network over pictures of no project', () => {
  const compute = startCompute()
  afterAll(() => compute.close())

  type Part = Partial<Omit<SegmentWish, 'look'>> & { look?: Partial<Look> }
  /** Absolute paths as they are, others below the temporary folder. */
  async function run(input: string, out: string, part: Part = {}, signal?: AbortSignal) {
    const model = await namedNetwork(temporary('tiny'), { dataFolder: temporary('home') })
    const at = (path: string) => (path.startsWith('/') ? path : temporary(path))
    const look = lookSchema.parse(part.look ?? {})
    const usual = { mode: 'mask', device: 'cpu', threads: 1 } as const
    const wish = { ...usual, ...part, look, input: at(input), out: at(out) }
    return segmentInput(compute, model, wish, { signal })
  }

  beforeAll(async () => {
    await tinyNetwork(temporary('tiny'), [0, 0, 0, 0])
    await mkdir(temporary('odd', 'below'), { recursive: true })
    await picture().png().toFile(temporary('plain.png'))
    await picture()
      .png()
      .toFile(temporary('odd', 'below', 'not-asked-for.png'))
    await picture().withMetadata({ orientation: 6 }).jpeg().toFile(temporary('odd', 'turned.jpg'))
    await picture().toColourspace('rgb16').png().toFile(temporary('odd', 'sixteen.png'))
    await picture()
      .toColourspace('cmyk')
      .jpeg({ quality: 100 })
      .toFile(temporary('odd', 'cmyk.jpg'))
    await writeFile(temporary('odd', 'broken.png'), 'no picture')
    await writeFile(temporary('odd', 'notes.txt'), 'not asked for')
  })

  test('is written with the colours’ meaning and what was done', async () => {
    const done = await run('plain.png', 'colours', { mode: 'colour' })
    expect(done).toMatchObject({
      ...{ model: 'tiny', device: 'cpu', mode: 'colour', frames: 0, skipped: [] },
      pictures: [{ name: 'plain.png', file: temporary('colours', 'plain.png') }],
    })
    expect(done.pictures[0]?.classes.map(({ index }) => index)).toEqual(
      expect.arrayContaining([1, 2]),
    )
    expect(await pixel(temporary('colours', 'plain.png'), 2, 2)).toEqual([128, 0, 0])
    expect(await pixel(temporary('colours', 'plain.png'), 61, 30)).toEqual([0, 128, 0])
    expect(await readFile(temporary('colours', 'legend.svg'), 'utf8')).toContain('person')
    const record = JSON.parse(await readFile(temporary('colours', 'segment.json'), 'utf8'))
    expect(record).toMatchObject({ model: 'tiny', modelSha256: expect.stringMatching(/^\w{64}$/) })
  })
  test('sees them as a viewer shows them, and names those that it cannot read', async () => {
    const done = await run('odd', 'masks')
    expect(done.pictures.map(({ name }) => name)).toEqual([
      ...['cmyk.jpg', 'sixteen.png', 'turned.jpg'],
    ])
    expect(done.skipped).toEqual([
      { file: temporary('odd', 'broken.png'), why: expect.stringContaining('broken.png') },
    ])
    for (const name of ['cmyk.png', 'sixteen.png']) {
      const { data: values } = await sharp(temporary('masks', name))
        .toColourspace('b-w')
        .raw()
        .toBuffer({ resolveWithObject: true })
      expect(values.length).toBe(64 * 32)
    }
    const { width, height } = await sharp(temporary('masks', 'turned.png')).metadata()
    expect([width, height]).toEqual([32, 64])
    expect((await readdir(temporary('masks'))).sort()).toEqual([
      ...['cmyk.png', 'legend.svg', 'segment.json', 'sixteen.png', 'turned.png'],
    ])
  })

  test('splashes colour on one class alone', async () => {
    await run('plain.png', 'splash', { mode: 'splash', only: ['person'] })
    const [red, green, blue] = await pixel(temporary('splash', 'plain.jpg'), 8, 16)
    expect((red ?? 0) - Math.max(green ?? 0, blue ?? 0)).toBeGreaterThan(200)
    const [r = 0, g = 0, b = 0] = await pixel(temporary('splash', 'plain.jpg'), 56, 16)
    expect(Math.max(r, g, b) - Math.min(r, g, b)).toBeLessThan(6)
  })

  test('sees the middle alone when it is told so, as large as that', async () => {
    const { look } = await run('plain.png', 'crop', { look: { crop: { resize: 32, size: 24 } } })
    expect(look.crop).toEqual({ resize: 32, size: 24 })
    expect(await sharp(temporary('crop', 'plain.png')).metadata()).toMatchObject({
      ...{ width: 24, height: 24 },
    })
  })

  test('puts several looks together', async () => {
    const look = { window: { width: 32, height: 32 }, scales: [0.5, 1], flip: true }
    const { pictures } = await run('plain.png', 'looks', { look })
    expect(pictures[0]?.classes.map(({ index }) => index)).toEqual(expect.arrayContaining([1, 2]))
  })

  test('makes a tape of a tape, as long and as fast, and masks of its frames', async () => {
    const timeBase = { num: 1, den: 30000 }
    const shape = { width: 64, height: 32, framesPerSecond: 30000 / 1001, timeBase, crf: 10 }
    await using tape = await encodeTape(temporary('tape.mp4'), shape)
    for (const time of [0, 1001, 2002, 5005]) await tape.write(halves(64, 32), time)
    await tape.close()
    const done = await run('tape.mp4', 'film', { mode: 'overlay' })
    expect(done).toMatchObject({ frames: 4, pictures: [{ file: temporary('film', 'tape.mp4') }] })
    const [from, to] = [
      await indexTape(temporary('tape.mp4')),
      await indexTape(temporary('film', 'tape.mp4')),
    ]
    const seconds = ({ pts, info }: typeof from) =>
      [...pts].map((time) =>
        Math.round((1000 * (time - (pts[0] ?? 0)) * info.timeBase.num) / info.timeBase.den),
      )
    expect(seconds(to)).toEqual(seconds(from))
    expect(seconds(to)).toEqual([0, 33, 67, 167])
    await run('tape.mp4', 'frames')
    expect(await readdir(temporary('frames', 'tape'))).toHaveLength(4)
  })

  test('is refused for classes that the network has not', async () => {
    const refusal = await rejection(run('plain.png', 'no', { only: ['elephant'] }))
    expect([refusal.code, refusal.hint]).toEqual(['bad-value', expect.stringContaining('person')])
  })

  test('does not replace a picture by its mask, nor make anything of nothing', async () => {
    await mkdir(temporary('photos'))
    await copyFile(temporary('plain.png'), temporary('photos', 'plain.png'))
    const before = await readFile(temporary('photos', 'plain.png'))
    expect((await rejection(run('photos', 'photos'))).code).toBe('bad-value')
    expect(await readFile(temporary('photos', 'plain.png'))).toEqual(before)
    await run('photos', 'photos/masks')
    expect((await run('photos', 'photos/masks')).pictures).toHaveLength(1)
    await mkdir(temporary('empty'))
    expect((await rejection(run('empty', 'no'))).code).toBe('bad-value')
    const broken = await rejection(run('odd/broken.png', 'no'))
    expect([broken.code, broken.message]).toEqual([
      ...['bad-value', expect.stringContaining('broken.png')],
    ])
  })

  test('is cancelled between two frames, and leaves no half tape', async () => {
    const aborted = AbortSignal.abort()
    const refusal = await rejection(run('tape.mp4', 'half', { mode: 'overlay' }, aborted))
    expect(refusal.code).toBe('cancelled')
    expect(await readdir(temporary('half')).catch(() => [])).toEqual([])
  })

  test.runIf(canMount)('ends on a full disk with no half files', async () => {
    const disk = mountSmallDisk(1)
    try {
      disk.fill()
      for (const input of ['plain.png', 'tape.mp4']) {
        const full = run(input, disk.path('out'), { mode: 'colour' })
        expect((await rejection(full)).code).toBe('disk-full')
      }
      expect(await readdir(disk.path('out')).catch(() => [])).toEqual([])
    } finally {
      disk.remove()
    }
  })
})
