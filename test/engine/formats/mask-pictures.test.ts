import { mkdtemp, writeFile } from 'node:fs/promises'
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import type { ReadOptions } from '../../../src/engine/formats/format.ts'
import { parseClassList } from '../../../src/engine/formats/mask-pictures/class-list.ts'
import { readMaskPicture } from '../../../src/engine/formats/mask-pictures/mask-picture.ts'
import { readMaskFolder } from '../../../src/engine/formats/mask-pictures/read-mask-folder.ts'
import { writePngChunks } from '../../../src/engine/formats/png-chunks.ts'
import { namedMask, pixelCounts, readAll } from '../../fixtures/annotated-sets.ts'
import { caught, rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** A folder with grey pictures of one row each. */
async function greys(rows: Record<string, readonly number[]>): Promise<string> {
  const folder = await mkdtemp(temporary('greys-'))
  for (const [name, row] of Object.entries(rows))
    await sharp(Uint8Array.from(row), { raw: { width: row.length, height: 1, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toFile(`${folder}/${name}`)
  return folder
}

async function colours(...row: [number, number, number][]): Promise<string> {
  const folder = await mkdtemp(temporary('colours-'))
  await sharp(Uint8Array.from(row.flat()), { raw: { width: row.length, height: 1, channels: 3 } })
    .png()
    .toFile(`${folder}/a.png`)
  return folder
}

/** A PNG of one row, as its chunks say. */
function png(depth: number, type: number, row: Uint8Array, palette?: Uint8Array): Buffer {
  const width = (row.length * 8) / depth
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(1, 4)
  header.writeUInt8(depth, 8)
  header.writeUInt8(type, 9)
  return writePngChunks([
    { type: 'IHDR', data: header },
    ...(palette ? [{ type: 'PLTE', data: palette }] : []),
    { type: 'IDAT', data: deflateSync(Uint8Array.of(0, ...row)) },
  ])
}

async function read(folder: string, options: ReadOptions = {}) {
  const set = await readMaskFolder(folder, options)
  const { images, problems } = await readAll(set)
  const masks = images.map((image) => namedMask(set, image))
  return { set, images, masks, problems, names: set.classes.map(({ name }) => name) }
}

describe('What the values of masks mean', () => {
  test('black and white are two classes', async () => {
    const { masks, names } = await read(await greys({ 'a.png': [0, 255, 255], 'b.png': [0, 0, 0] }))
    expect(names).toEqual(['background', 'foreground'])
    expect(masks[0]).toEqual(['background', 'foreground', 'foreground'])
    expect(masks[1]).toEqual(Array(3).fill('background'))
  })

  test('soft edges are parted in the middle, or where the user says', async () => {
    const edge = [
      ...Array(30).fill(0),
      20,
      60,
      100,
      127,
      128,
      160,
      200,
      240,
      ...Array(30).fill(255),
    ]
    const folder = await greys({ 'a.png': edge })
    const { set, images } = await read(folder)
    expect(images.map((image) => pixelCounts(set, image))).toEqual([
      { background: 34, foreground: 34 },
    ])
    const later = await read(folder, { threshold: 200 })
    expect(later.images.map((image) => pixelCounts(later.set, image))).toEqual([
      { background: 36, foreground: 32 },
    ])
  })

  test('many classes are not taken for soft edges', async () => {
    const row = [...Array(100).fill(0), ...Array.from({ length: 200 }, (_, i) => i + 1)]
    const { names } = await read(await greys({ 'a.png': row }))
    expect(names).toHaveLength(201)
    expect(names[200]).toBe('class 200')
  })

  test('greys are a class each, by the values that occur in any mask', async () => {
    const folder = await greys({ 'a.png': [0, 7], 'b.png': [3, 0] })
    const { masks, names } = await read(folder)
    expect(names).toEqual(['background', 'class 3', 'class 7'])
    expect(masks).toEqual([
      ['background', 'class 7'],
      ['class 3', 'background'],
    ])
  })

  test('255 beside other greys is refused with what is there', async () => {
    const folder = await greys({ 'a.png': [0, 0, 128, 255] })
    expect(await rejection(readMaskFolder(folder, {}))).toMatchObject({
      code: 'undeclared-values',
      message: expect.stringContaining('0 (2 px), 128 (1 px), 255 (1 px)'),
      hint: expect.stringContaining('--map'),
    })
    const { masks } = await read(folder, { map: ['128=bank', '255=ignore'] })
    expect(masks).toEqual([['background', 'background', 'bank', '']])
  })

  test('a value that was not declared is a problem of its file alone', async () => {
    const folder = await greys({ 'a.png': [0, 1], 'b.png': [0, 9] })
    const { masks, problems } = await read(folder, { map: ['1=bank'] })
    expect(masks).toEqual([['background', 'bank']])
    expect(problems).toEqual([{ file: 'b.png', why: expect.stringContaining('9 (1 px)') }])
  })

  test('colours are classes of these names; the user may name them', async () => {
    const folder = await colours([0, 0, 0], [255, 0, 0], [0, 128, 0], [255, 0, 0])
    const plain = await read(folder)
    expect(plain.names).toEqual(['background', '#008000', '#ff0000'])
    expect(plain.masks).toEqual([['background', '#ff0000', '#008000', '#ff0000']])
    const named = await read(folder, { map: ['#ff0000=car', '#008000=ignore'] })
    expect(named.masks).toEqual([['background', 'car', '', 'car']])
  })

  test('16-bit masks keep their values', async () => {
    const folder = await mkdtemp(temporary('deep-'))
    const row = Buffer.alloc(6)
    row.writeUInt16BE(300, 2)
    row.writeUInt16BE(301, 4)
    await writeFile(`${folder}/a.png`, png(16, 0, row))
    const { masks } = await read(folder)
    expect(masks).toEqual([['background', 'class 300', 'class 301']])
  })

  test('BMP is refused with what to do', async () => {
    await writeFile(temporary('b.bmp'), 'BM and what follows')
    const error = await rejection(readMaskPicture(temporary('b.bmp')))
    expect([error.code, error.message]).toEqual(['bad-mask', expect.stringMatching(/BMP.*PNG/)])
  })

  test('indices of a palette are classes with its colours, and 255 is "ignore"', async () => {
    const folder = await mkdtemp(temporary('palette-'))
    const palette = Buffer.alloc(768)
    palette.write('ff8000', 6, 'hex')
    await writeFile(`${folder}/a.png`, png(8, 3, Uint8Array.of(0, 2, 255), palette))
    const { masks, set } = await read(folder)
    expect(masks).toEqual([['background', 'class 2', '']])
    expect(set.classes[1]?.colour).toBe('#ff8000')
  })

  test('a palette of black and white is a picture in black and white', async () => {
    const folder = await mkdtemp(temporary('bits-'))
    const white = Uint8Array.of(255, 255, 255, 0, 0, 0)
    await writeFile(`${folder}/a.png`, png(1, 3, Uint8Array.of(0b01010101), white))
    const { masks } = await read(folder)
    expect(masks[0]?.slice(0, 2)).toEqual(['foreground', 'background'])
  })

  test('masks in lossy JPEG are soft masks', async () => {
    const folder = await mkdtemp(temporary('jpeg-'))
    const data = new Uint8Array(64 * 64).map((_, i) => ((i % 64) + i / 64 < 70 ? 0 : 255))
    await sharp(data, { raw: { width: 64, height: 64, channels: 1 } })
      .jpeg({ quality: 70 })
      .toFile(`${folder}/a.png`)
    const { set, images } = await read(folder)
    const [counts] = images.map((image) => pixelCounts(set, image))
    const white = data.filter((level) => level === 255).length
    expect(Math.abs((counts?.foreground ?? 0) - white)).toBeLessThan(40)
  })

  test('more colours than there can be classes are refused', async () => {
    const row = Array.from({ length: 300 }, (_, i): [number, number, number] => [
      i % 256,
      i >> 8,
      9,
    ])
    expect(await rejection(readMaskFolder(await colours(...row), {}))).toMatchObject({
      code: 'bad-dataset',
      message: expect.stringContaining('301 colours'),
    })
  })

  test('a damaged mask is a problem, the others are read', async () => {
    const folder = await greys({ 'a.png': [0, 255], 'c.png': [255, 0] })
    await writeFile(`${folder}/b.png`, 'no picture')
    const { masks, problems, set } = await read(folder)
    expect(masks).toHaveLength(2)
    expect(problems).toEqual([{ file: 'b.png', why: expect.stringContaining('b.png') }])
    expect(set.count).toBe(3)
  })

  test.each(['x=car', '1', '70000000=car', '#12345=car'])('--map %s is refused', async (word) => {
    const folder = await greys({ 'a.png': [0, 1] })
    expect((await rejection(readMaskFolder(folder, { map: [word] }))).code).toBe('bad-value')
  })

  test('a value cannot go to two classes, nor greys and colours be mixed', async () => {
    const folder = await greys({ 'a.png': [0, 1] })
    for (const map of [
      ['1=car', '1=bus'],
      ['1=car', '#ff0000=bus'],
    ])
      expect((await rejection(readMaskFolder(folder, { map }))).code).toBe('bad-value')
  })
})

describe('A table of classes beside masks', () => {
  test('gives indices their names', async () => {
    const folder = await greys({ 'a.png': [0, 4, 255, 5] })
    await writeFile(
      `${folder}/classes.csv`,
      'index,name,colour,parent\n0,nothing,,\n4,bus,#FF0000,vehicle\n5,unsure,,\n5000,far,,\n',
    )
    const { masks, set } = await read(folder)
    expect(masks).toEqual([['nothing', 'bus', '', 'unsure']])
    expect(set.classes[1]).toEqual({ name: 'bus', colour: '#ff0000', parent: 'vehicle' })
  })

  test('gives colours their names, as CamVid does', async () => {
    const folder = await colours([0, 0, 0], [128, 64, 128], [64, 0, 64])
    // https://www.kaggle.com/datasets/carlolepelaars/camvid class_dict.csv
    await writeFile(
      `${folder}/class_dict.csv`,
      'name,r,g,b\nRoad,128,64,128\nTunnel,64,0,64\nVoid,0,0,0\n',
    )
    const { masks, names } = await read(folder)
    expect(names).toEqual(['Void', 'Road', 'Tunnel'])
    expect(masks).toEqual([['Void', 'Road', 'Tunnel']])
  })

  test('may be a name a line', () => {
    expect(parseClassList('sky\nroad\n', 'classes.txt').classes.map(({ name }) => name)).toEqual([
      'sky',
      'road',
    ])
  })

  test.each([
    ['classes.csv', 'index,name\n1,car\n1,bus', 'index 1 twice'],
    ['classes.csv', 'index,name\n1,car\n2,car', 'name "car" twice'],
    ['classes.csv', 'index,name\nx,car', '"x"'],
    ['legend.csv', 'name,colour\ncar,red', '"red"'],
    ['legend.csv', 'name,colour\ncar,#ff0000\nbus,#ff0000', 'colour "#ff0000" twice'],
  ])('%s with %j is refused', (file, text, why) => {
    expect(caught(() => parseClassList(text, file))).toMatchObject({
      code: 'bad-dataset',
      message: expect.stringContaining(why),
    })
  })
})
