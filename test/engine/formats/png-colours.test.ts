import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodeGreyPng, encodePalettePng } from '../../../src/engine/formats/palette-png.ts'
import { readPngChunks, writePngChunks } from '../../../src/engine/formats/png-chunks.ts'
import {
  isColourPng,
  readPngColours,
  readPngPalette,
} from '../../../src/engine/formats/png-colours.ts'
import { rejection } from '../../fixtures/caught.ts'

const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 2) }

async function coloured(channels: 3 | 4, bytes: readonly number[]): Promise<Buffer> {
  const raw = { width: bytes.length / channels, height: 1, channels }
  return sharp(Uint8Array.from(bytes), { raw }).png().toBuffer()
}

describe('Colours of a PNG', () => {
  test('are those that are stored, whatever gamma the file asks for', async () => {
    const plain = await coloured(3, [10, 20, 30, 200, 100, 50])
    const gamma = Buffer.alloc(4)
    gamma.writeUInt32BE(100000)
    const [header, ...rest] = readPngChunks(plain, 'plain')
    if (!header) throw new Error('a PNG begins with its header')
    const file = writePngChunks([header, { type: 'gAMA', data: gamma }, ...rest.slice(0, -1)])
    expect([...(await readPngColours(file, 'file')).colours]).toEqual([0x0a141e, 0xc86432])
    expect(isColourPng(file, 'file')).toBe(true)
    expect(readPngPalette(file, 'file')).toBeNull()
  })

  test('come from the palette or the grey level where there are no others', async () => {
    const palette = Uint8Array.of(0, 0, 0, 128, 0, 0, 0, 128, 0)
    const indexed = await encodePalettePng(mask, palette)
    expect(isColourPng(indexed, 'indexed')).toBe(false)
    expect(readPngPalette(indexed, 'indexed')).toEqual([0, 0x800000, 0x008000])
    expect([...(await readPngColours(indexed, 'indexed')).colours]).toEqual([0, 0x800000, 0x8000])
    const grey = await encodeGreyPng(mask)
    expect([...(await readPngColours(grey, 'grey')).colours]).toEqual([0, 0x010101, 0x020202])
  })

  test('are refused where they are transparent, 16 bits deep or damaged', async () => {
    const opaque = await coloured(4, [1, 2, 3, 255])
    expect([...(await readPngColours(opaque, 'opaque')).colours]).toEqual([0x010203])
    const clear = await coloured(4, [1, 2, 3, 254])
    expect((await rejection(readPngColours(clear, 'clear'))).message).toContain('transparent')
    const deep = await sharp(Uint16Array.of(1, 2, 3), {
      raw: { width: 1, height: 1, channels: 3 },
    })
      .toColourspace('rgb16')
      .png()
      .toBuffer()
    expect((await rejection(readPngColours(deep, 'deep'))).message).toContain('16 bits')
    const chunks = readPngChunks(opaque, 'opaque').filter(({ type }) => type === 'IHDR')
    const empty = writePngChunks([...chunks, { type: 'IDAT', data: new Uint8Array(3) }])
    expect((await rejection(readPngColours(empty, 'empty'))).code).toBe('bad-mask')
  })
})
