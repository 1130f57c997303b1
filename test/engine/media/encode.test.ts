import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { type EncodeOptions, encodeTape } from '../../../src/engine/media/encode.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const run = promisify(execFile)
const temporary = temporaryFolder()
const shape: EncodeOptions = { width: 64, height: 48, framesPerSecond: 15, crf: 10 }

/** A picture of one colour, so that a lossy tape returns it almost unchanged. */
function plain(red: number, green: number, blue: number): Uint8Array {
  const picture = new Uint8Array(64 * 48 * 3)
  for (let i = 0; i < picture.length; i += 3) picture.set([red, green, blue], i)
  return picture
}

async function write(path: string, pictures: Uint8Array[]): Promise<void> {
  await using tape = await encodeTape(path, shape)
  for (const picture of pictures) await tape.write(picture)
  await tape.close()
}

const colours = [plain(200, 30, 30), plain(30, 200, 30), plain(30, 30, 200), plain(120, 120, 120)]

describe('writing a tape', () => {
  it('holds every picture in order, in the colours it was given', async () => {
    const path = temporary('colours.mp4')
    await write(path, colours)
    const { stdout } = await run(
      'ffmpeg',
      ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'],
      { encoding: 'buffer' },
    )
    expect(stdout.length).toBe(colours.length * 64 * 48 * 3)
    const middle = (24 * 64 + 32) * 3
    for (const [index, picture] of colours.entries())
      for (const channel of [0, 1, 2]) {
        const got = stdout[index * picture.length + middle + channel] ?? Number.NaN
        expect(Math.abs(got - (picture[middle + channel] ?? Number.NaN))).toBeLessThanOrEqual(4)
      }
  })

  it('gives the same bytes for the same pictures', async () => {
    await write(temporary('first.mp4'), colours)
    await write(temporary('second.mp4'), colours)
    const first = await readFile(temporary('first.mp4'))
    expect(first.equals(await readFile(temporary('second.mp4')))).toBe(true)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const stop = new AbortController()
    const before = await readdir(temporary())
    const writing = async () => {
      await using tape = await encodeTape(temporary('cancelled.mp4'), {
        ...shape,
        signal: stop.signal,
      })
      await tape.write(plain(0, 0, 0))
      stop.abort()
      await tape.write(plain(0, 0, 0))
    }
    await expect(writing()).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(temporary())).toEqual(before)
  })

  it.each([
    [
      'half a frame a second',
      { ...shape, framesPerSecond: 0.5 },
      'slow.mp4',
      'bad-value',
      /0\.5 frames/,
    ],
    ['an unknown preset', { ...shape, preset: 'x' }, 'preset.mp4', 'bad-value', /libx264 refuses/],
    ['an odd width', { ...shape, width: 63 }, 'missing.mp4', 'bad-value', /63x48/],
    ['a folder that does not exist', shape, 'no/such.mp4', 'no-such-file', /such\.mp4/],
  ])('refuses %s', async (_, options, name, code, message) => {
    await expect(encodeTape(temporary(name), options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('refuses a picture of another size', async () => {
    await using tape = await encodeTape(temporary('wrong.mp4'), shape)
    await expect(tape.write(new Uint8Array(12))).rejects.toMatchObject({ code: 'bad-value' })
  })

  it.skipIf(!canMount)('says that the disk is full, and leaves it as it was', async () => {
    const disk = mountSmallDisk(1)
    try {
      disk.fill(16 * 1024)
      const noise = Uint8Array.from({ length: 64 * 48 * 3 }, (_, i) => (i * i * 31) % 251)
      const writing = async () => {
        await using tape = await encodeTape(disk.path('tape.mp4'), { ...shape, crf: 0 })
        for (let i = 0; i < 20; i++) await tape.write(noise.map((value) => value ^ (i * 37)))
        await tape.close()
      }
      await expect(writing()).rejects.toMatchObject({
        code: 'disk-full',
        message: expect.stringMatching(/tape\.mp4 could not be written/),
      })
      expect(await readdir(disk.path())).toEqual(['filler'])
    } finally {
      disk.remove()
    }
  })
})
