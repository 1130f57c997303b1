import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeGreyPng, encodePalettePng } from '../../../src/engine/formats/palette-png.ts'
import { readPngChunks, writePngChunks } from '../../../src/engine/formats/png-chunks.ts'
import {
  coloursOf,
  hasTransparency,
  isColourPng,
  readPng,
} from '../../../src/engine/formats/png-pixels.ts'
import { rejection } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'

const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 2) }

async function coloured(channels: 3 | 4, bytes: readonly number[]): Promise<Buffer> {
  const raw = { width: bytes.length / channels, height: 1, channels }
  return sharp(Uint8Array.from(bytes), { raw }).png().toBuffer()
}

/** A picture with slopes and edges, for which encoders choose every filter. */
function varied(width: number, height: number, channels: number): Uint8Array {
  return Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)]
    return (x * 7 + y * 3 + (at % channels) * 50 + (x > y ? 90 : 0) + ((x * y) % 5)) & 255
  })
}

describe('The samples of a PNG', () => {
  test.each([
    [1, true, false],
    [2, true, false],
    [3, true, false],
    [4, true, true],
    [3, false, true],
    [1, true, true],
  ] as const)(
    'of %i channels (filters: %s, interlaced: %s) are those that were written',
    async (channels, adaptiveFiltering, progressive) => {
      const [width, height] = [37, 29]
      const data = varied(width, height, channels)
      if (channels % 2 === 0)
        for (let at = channels - 1; at < data.length; at += channels) data[at] = 254
      const file = await sharp(data, { raw: { width, height, channels } })
        .toColourspace(channels < 3 ? 'b-w' : 'srgb')
        .png({ adaptiveFiltering, progressive })
        .toBuffer()
      const png = await readPng(file, 'file')
      expect(png).toMatchObject({ width, height, channels, bitDepth: 8, palette: null })
      expect(png.samples).toEqual(data)
      expect(hasTransparency(png)).toBe(channels % 2 === 0)
    },
  )

  test('of 16 bits keep all of them', async () => {
    const data = Uint16Array.from({ length: 12 }, (_, at) => at * 5000 + 1)
    const raw = { width: 4, height: 3, channels: 1 } as const
    const file = await sharp(data, { raw }).toColourspace('grey16').png().toBuffer()
    expect((await readPng(file, 'deep')).samples).toEqual(data)
  })

  test('of 1, 2 and 4 bits are indices of the palette, at any width', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(2, 4, 16),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (colours, width, height) => {
          const bits = Math.log2(colours)
          const wanted = varied(width, height, 1).map((value) => value % colours)
          const rowBytes = Math.ceil((width * bits) / 8)
          const rows = new Uint8Array(height * (rowBytes + 1))
          for (const [at, value] of wanted.entries()) {
            const [x, y] = [at % width, Math.floor(at / width)]
            const byte = y * (rowBytes + 1) + 1 + ((x * bits) >> 3)
            rows[byte] = (rows[byte] ?? 0) | (value << (8 - bits - ((x * bits) & 7)))
          }
          const header = Buffer.alloc(13)
          header.writeUInt32BE(width, 0)
          header.writeUInt32BE(height, 4)
          header.set([bits, 3], 8)
          const file = writePngChunks([
            { type: 'IHDR', data: header },
            { type: 'PLTE', data: new Uint8Array(3 * colours) },
            { type: 'IDAT', data: deflateSync(rows) },
          ])
          expect((await readPng(file, 'file')).samples).toEqual(wanted)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('Colours of a PNG', () => {
  test('are those that are stored, whatever gamma the file asks for', async () => {
    const plain = await coloured(3, [10, 20, 30, 200, 100, 50])
    const gamma = Buffer.alloc(4)
    gamma.writeUInt32BE(100000)
    const [header, ...rest] = readPngChunks(plain, 'plain')
    if (!header) throw new Error('a PNG begins with its header')
    const file = writePngChunks([header, { type: 'gAMA', data: gamma }, ...rest.slice(0, -1)])
    const png = await readPng(file, 'file')
    expect([...coloursOf(png)]).toEqual([0x0a141e, 0xc86432])
    expect([isColourPng(png), png.palette]).toEqual([true, null])
  })

  test('of indices are in the palette', async () => {
    const palette = Uint8Array.of(0, 0, 0, 128, 0, 0, 0, 128, 0)
    const indexed = await readPng(await encodePalettePng(mask, palette), 'indexed')
    expect([isColourPng(indexed), indexed.palette]).toEqual([false, [0, 0x800000, 0x008000]])
    expect([...indexed.samples]).toEqual([0, 1, 2])
    expect((await readPng(await encodeGreyPng(mask), 'grey')).palette).toBeNull()
  })
})

describe('A PNG is refused', () => {
  const parts = async () => readPngChunks(await encodeGreyPng(mask), 'grey')
  const remade = async (type: string, data: Uint8Array) =>
    writePngChunks(
      (await parts())
        .filter((chunk) => chunk.type !== 'IEND')
        .map((chunk) => (chunk.type === type ? { type, data } : chunk)),
    )
  test.each([
    ['with data that cannot be unpacked', 'IDAT', new Uint8Array(3)],
    ['with too few pixels', 'IDAT', deflateSync(new Uint8Array(3))],
    ['with far more data than pixels', 'IDAT', deflateSync(new Uint8Array(100_000))],
    ['with a filter that there is not', 'IDAT', deflateSync(Uint8Array.of(9, 0, 0, 0))],
    ['without pixels', 'IHDR', Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0)],
    ['with colours of 4 bits', 'IHDR', Uint8Array.of(0, 0, 0, 3, 0, 0, 0, 1, 4, 2, 0, 0, 0)],
    ['too large', 'IHDR', Uint8Array.of(255, 0, 0, 3, 0, 0, 0, 1, 8, 0, 0, 0, 0)],
  ])('%s', async (_, type, data) => {
    const error = await rejection(readPng(await remade(type, data), 'a.png'))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toMatch(/^a\.png /)
  })
})
