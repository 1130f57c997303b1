import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { MaskEncoding } from '../../../src/engine/formats/mask-encoding.ts'
import { readMask } from '../../../src/engine/formats/mask-file.ts'
import { parseMaskMap } from '../../../src/engine/formats/mask-map.ts'
import { type PngChunk, writePngChunks } from '../../../src/engine/formats/png-chunks.ts'
import { defaultClasses, type MaskClass } from '../../../src/shared/mask.ts'
import { caught, rejection } from '../../fixtures/caught.ts'

const classes: MaskClass[] = [...defaultClasses, { index: 2, name: 'cart', colour: '#0072b2' }]

const colourTypes = { grey: 0, rgb: 2, palette: 3, greyAlpha: 4, rgba: 6 }

interface Raw {
  kind: keyof typeof colourTypes
  depth?: number
  /** Bytes of each row, as PNG packs them. */
  rows: number[][]
  width?: number
  palette?: number[][]
  extra?: PngChunk[]
}

/** A PNG written by hand, so that nothing between the test and the file changes a value. */
function png({ kind, depth = 8, rows, width, palette, extra = [] }: Raw): Buffer {
  const channels = { grey: 1, rgb: 3, palette: 1, greyAlpha: 2, rgba: 4 }[kind]
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width ?? (rows[0]?.length ?? 0) / channels / (depth / 8), 0)
  header.writeUInt32BE(rows.length, 4)
  header.set([depth, colourTypes[kind]], 8)
  return writePngChunks([
    { type: 'IHDR', data: header },
    ...extra,
    ...(palette ? [{ type: 'PLTE', data: Uint8Array.from(palette.flat()) }] : []),
    { type: 'IDAT', data: deflateSync(Uint8Array.from(rows.flatMap((row) => [0, ...row]))) },
  ])
}

async function classesIn(
  bytes: Uint8Array,
  encoding?: MaskEncoding,
  ...map: string[]
): Promise<number[]> {
  const options = { classes, encoding, map: parseMaskMap(map, classes) }
  return [...(await readMask(bytes, '000012.png', options)).mask.data]
}

const red = [255, 0, 0]
const black = [0, 0, 0]
const white = [255, 255, 255]
const grey = (level: number) => [level, level, level]

describe('A grey mask', () => {
  const trimap = png({ kind: 'grey', rows: [[0, 170, 255, 170]] })

  test('of 0 and 255 is background and person', async () => {
    expect(
      await classesIn(
        png({
          kind: 'grey',
          rows: [
            [0, 255],
            [255, 0],
          ],
        }),
      ),
    ).toEqual([0, 1, 1, 0])
  })

  test('calls a person what the project calls so', async () => {
    const { mask } = await readMask(png({ kind: 'grey', rows: [[0, 255]] }), 'a.png', {
      classes: [
        { index: 0, name: 'background', colour: '#000000' },
        { index: 1, name: 'cart', colour: '#0000ff' },
        { index: 7, name: 'person', colour: '#ff0000' },
      ],
    })
    expect([...mask.data]).toEqual([0, 7])
  })

  test('with an undeclared value is refused, with every such value and its pixels', async () => {
    const error = await rejection(
      classesIn(
        png({
          kind: 'grey',
          rows: [
            [0, 170, 85, 170],
            [255, 170, 0, 1],
          ],
        }),
      ),
    )
    expect(error.code).toBe('undeclared-values')
    expect(error.message).toContain('000012.png')
    expect(error.message).toContain('1 (1 px), 85 (1 px), 170 (3 px)')
    expect(error.hint).toContain('--map VALUE=ignore')
  })

  test.each([
    ['170=ignore', [0, 255, 1, 255]],
    ['170=background', [0, 0, 1, 0]],
    ['170=cart', [0, 2, 1, 2]],
  ])('is read with --map %s', async (map, expected) => {
    expect(await classesIn(trimap, undefined, map)).toEqual(expected)
  })

  test('may send 255 elsewhere than to a person', async () => {
    expect(await classesIn(trimap, undefined, '255=ignore', '170=person')).toEqual([0, 1, 255, 1])
  })

  test('of class indices is refused until they are declared as such', async () => {
    const indices = png({ kind: 'grey', rows: [[0, 1, 2, 255]] })
    expect((await rejection(classesIn(indices))).hint).toContain('--encoding index')
    expect(await classesIn(indices, 'index')).toEqual([0, 1, 2, 255])
  })

  test('with an index that is no class is refused', async () => {
    const error = await rejection(classesIn(png({ kind: 'grey', rows: [[0, 3, 3]] }), 'index'))
    expect(error.message).toContain('3 (2 px)')
  })

  test.each([
    [1, [0b01000000], 'binary', [0, 1, 0, 0]],
    [2, [0b00110000], 'binary', [0, 1, 0, 0]],
    [1, [0b01000000], 'index', [0, 1, 0, 0]],
    [2, [0b00011000], 'index', [0, 1, 2, 0]],
    [4, [0x01, 0x20], 'index', [0, 1, 2, 0]],
  ] as const)('of %i bits %j is read as %s', async (depth, row, encoding, expected) => {
    const file = png({ kind: 'grey', depth, width: 4, rows: [[...row]] })
    expect(await classesIn(file, encoding)).toEqual(expected)
  })

  test('of 16 bits is refused', async () => {
    const error = await rejection(classesIn(png({ kind: 'grey', depth: 16, rows: [[0, 0, 1, 1]] })))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain('16 bits')
  })

  test('keeps its values whatever gamma and colour space the file claims', async () => {
    const gamma = { type: 'gAMA', data: Uint8Array.of(0, 1, 0x86, 0xa0) }
    const file = png({ kind: 'grey', rows: [[0, 1, 2, 2]], extra: [gamma] })
    expect(await classesIn(file, 'index')).toEqual([0, 1, 2, 2])
  })

  test('may be interlaced', async () => {
    const pixels = Buffer.from(Array.from({ length: 81 }, (_, i) => (i % 5 === 0 ? 255 : 0)))
    const file = await sharp(pixels, { raw: { width: 9, height: 9, channels: 1 } })
      .toColourspace('b-w')
      .png({ progressive: true })
      .toBuffer()
    expect(await classesIn(file)).toEqual([...pixels].map((value) => value / 255))
  })
})

describe('A mask with a palette', () => {
  const colours = png({ kind: 'palette', rows: [[0, 1, 2, 1]], palette: [black, red, grey(9)] })

  test('of colours holds class indices', async () => {
    expect(await classesIn(colours)).toEqual([0, 1, 2, 1])
  })

  test('of colours holds class indices when only 0 and 255 are used, and 255 is ignored', async () => {
    const palette = Array.from({ length: 256 }, (_, i) => (i === 255 ? [224, 224, 192] : black))
    const file = png({ kind: 'palette', rows: [[0, 255]], palette })
    expect(await classesIn(file)).toEqual([0, 255])
  })

  test('of colours is not binary', async () => {
    expect((await rejection(classesIn(colours, 'binary'))).code).toBe('bad-mask')
  })

  test('packs several indices into a byte', async () => {
    const file = png({
      kind: 'palette',
      depth: 2,
      width: 4,
      rows: [[0b00011000]],
      palette: [black, red, white],
    })
    expect(await classesIn(file)).toEqual([0, 1, 2, 0])
  })

  test('keeps its indices when entries are transparent or equal', async () => {
    const transparency = { type: 'tRNS', data: Uint8Array.of(0, 255, 0) }
    const file = png({ kind: 'palette', rows: [[0, 1, 2]], palette: [red, red, red] })
    expect(await classesIn(file)).toEqual([0, 1, 2])
    const seeThrough = png({
      kind: 'palette',
      rows: [[0, 1, 2]],
      palette: [red, red, red],
      extra: [transparency],
    })
    expect(await classesIn(seeThrough)).toEqual([0, 1, 2])
  })

  test('of black and white, in this order, is binary and indices at once', async () => {
    const file = png({ kind: 'palette', rows: [[0, 1]], palette: [black, white] })
    expect(await classesIn(file)).toEqual([0, 1])
  })

  test('of greys numbered by their level is read like a grey mask', async () => {
    const palette = Array.from({ length: 256 }, (_, i) => grey(i))
    expect(await classesIn(png({ kind: 'palette', rows: [[0, 255]], palette }))).toEqual([0, 1])
    expect(await classesIn(png({ kind: 'palette', rows: [[0, 1, 2]], palette }))).toEqual([0, 1, 2])
    const mixed = png({ kind: 'palette', rows: [[0, 1, 255]], palette })
    expect((await rejection(classesIn(mixed))).code).toBe('undeclared-values')
  })

  test('of greys in another order must be declared', async () => {
    const file = png({ kind: 'palette', rows: [[0, 1, 1]], palette: [white, black] })
    const error = await rejection(classesIn(file))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain('two ways')
    expect(await classesIn(file, 'palette')).toEqual([0, 1, 1])
    expect(await classesIn(file, 'binary')).toEqual([1, 0, 0])
  })

  test('is what --encoding palette expects', async () => {
    const file = png({ kind: 'grey', rows: [[0, 1]] })
    expect((await rejection(classesIn(file, 'palette'))).message).toContain('no palette')
  })
})

describe('A mask in colour', () => {
  test('is read when its channels are equal', async () => {
    expect(await classesIn(png({ kind: 'rgb', rows: [[0, 0, 0, 255, 255, 255]] }))).toEqual([0, 1])
    expect(await classesIn(png({ kind: 'greyAlpha', rows: [[0, 255, 255, 255]] }))).toEqual([0, 1])
    expect(await classesIn(png({ kind: 'rgba', rows: [[1, 1, 1, 255]] }), 'index')).toEqual([1])
  })

  test.each([
    ['colours', png({ kind: 'rgb', rows: [[0, 0, 0, 255, 0, 0]] }), 'colour picture'],
    ['transparent pixels', png({ kind: 'rgba', rows: [[255, 255, 255, 254]] }), 'transparent'],
  ])('with %s is refused', async (_title, file, why) => {
    const error = await rejection(classesIn(file))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain(why)
  })
})

describe('A damaged mask file', () => {
  const whole = png({
    kind: 'grey',
    rows: [
      [0, 255],
      [255, 0],
    ],
  })
  const flipped = Buffer.from(whole)
  flipped.writeUInt8(flipped.readUInt8(45) ^ 1, 45)
  const header = whole.subarray(16, 29)

  test.each([
    ['text', Buffer.from('<html>'), 'is not a PNG file'],
    ['an empty file', Buffer.alloc(0), 'is not a PNG file'],
    ['one that is cut off', whole.subarray(0, whole.length - 15), 'cut short'],
    ['one that ends in a chunk header', whole.subarray(0, 37), 'cut short'],
    ['one with a flipped bit', flipped, 'wrong checksum at byte'],
    ['one without pixels', writePngChunks([{ type: 'IHDR', data: header }]), 'damaged PNG'],
    ['one without a header', writePngChunks([]), 'no complete header'],
    ['one of no size', png({ kind: 'grey', width: 0, rows: [[]] }), '0x1'],
    ['one of 100,000 columns', png({ kind: 'grey', width: 100_000, rows: [[]] }), '100000x1'],
  ])('(%s) is refused', async (_title, bytes, why) => {
    const error = await rejection(classesIn(bytes))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain(why)
  })
})

describe('--map', () => {
  test.each([
    '170',
    '170=',
    '=ignore',
    '256=ignore',
    '-1=ignore',
    '1.5=ignore',
    '170=dog',
    'x=cart',
  ])('%s is refused with the names that are known', (text) => {
    const error = caught(() => parseMaskMap([text], classes))
    expect(error.code).toBe('bad-value')
    expect(error.message).toContain(text)
    expect(error.hint).toContain('ignore, background, person, cart')
  })

  test('may name a value twice only for the same class', () => {
    expect(parseMaskMap(['9=cart', '9=cart'], classes)).toEqual(new Map([[9, 2]]))
    expect(caught(() => parseMaskMap(['9=cart', '9=ignore'], classes)).message).toContain(
      'already sent elsewhere',
    )
  })
})
