import { linkSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { colourPng } from '../../../src/engine/formats/colour-png/format.ts'
import { folders } from '../../../src/engine/formats/folders/format.ts'
import { pairFiles } from '../../../src/engine/formats/folders/pair-files.ts'
import type { DatasetFormat } from '../../../src/engine/formats/format.ts'
import { indexPng } from '../../../src/engine/formats/index-png/format.ts'
import { listFiles } from '../../../src/engine/formats/list-files.ts'
import { writeSet } from '../../../src/engine/formats/write-set.ts'
import {
  imageOf,
  maskedImage,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomMask } from '../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 3, height: 2 }

async function saveMask(path: string, { width, height } = size): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const data = new Uint8Array(width * height).fill(255, 1)
  await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(path)
}

/** A folder with these files: those of a name with "mask" are masks. */
async function folderOf(...names: string[]): Promise<string> {
  const folder = await mkdtemp(temporary('set-'))
  for (const name of names)
    await (/mask|labels/.test(name)
      ? saveMask(`${folder}/${name}`)
      : savePicture(`${folder}/${name}`, size))
  return folder
}

describe('Masks find their pictures', () => {
  test.each([
    ['in parallel folders', ['images/a.jpg', 'masks/a.png']],
    ['with folders of splits below', ['images/train/a.jpg', 'masks/train/a.png']],
    ['with folders of splits above', ['train/images/a.jpg', 'train/masks/a.png']],
    ['in folders named after splits', ['train/a.jpg', 'train_labels/a.png']],
    ['by an ending beside the picture', ['a.jpg', 'a_mask.png']],
    ['by an ending in a parallel folder', ['images/a.jpg', 'labels/a_L.png']],
    ['by the whole name of the picture', ['images/a.jpg', 'masks/a.jpg.png']],
  ])('%s', (_how, files) => {
    expect(pairFiles(files)).toEqual({
      pairs: [{ picture: files[0], mask: files[1] }],
      problems: [],
    })
  })

  test('one to one, and what has no partner is listed on either side', () => {
    const { pairs, problems } = pairFiles([
      'images/a.jpg',
      'images/b.jpg',
      'images/c.jpg',
      'images/c.png',
      'masks/a.png',
      'masks/a_mask.png',
      'masks/c.png',
      'masks/d.png',
    ])
    expect(pairs).toEqual([
      { picture: 'images/a.jpg', mask: 'masks/a.png' },
      { picture: 'images/c.jpg', mask: 'masks/c.png' },
    ])
    expect(problems.map(({ file }) => file).sort()).toEqual([
      'images/b.jpg',
      'images/c.png',
      'masks/a_mask.png',
      'masks/d.png',
    ])
  })
})

describe('Folders of pictures and masks', () => {
  test('are read with splits, names and what is wrong', async () => {
    const folder = await folderOf(
      'images/train/a.jpg',
      'images/val/b.jpg',
      'images/val/c.jpg',
      'masks/train/a.png',
      'masks/val/b.png',
    )
    const { images, problems } = await readAll(await folders.read(folder, {}))
    expect(images.map(({ name, split, file }) => [name, split, file])).toEqual([
      ['a.jpg', 'train', `${folder}/images/train/a.jpg`],
      ['b.jpg', 'val', `${folder}/images/val/b.jpg`],
    ])
    expect(problems).toEqual([
      { file: 'images/val/c.jpg', why: 'there is no mask for this picture' },
    ])
  })

  test('may have pictures elsewhere', async () => {
    const [masks, pictures] = [await folderOf('a_mask.png'), await folderOf('x/a.jpg')]
    await mkdir(`${masks}/x`)
    await saveMask(`${masks}/x/a_mask.png`)
    const { images, problems } = await readAll(await folders.read(masks, { images: pictures }))
    expect(images.map(({ file }) => file)).toEqual([`${pictures}/x/a.jpg`])
    expect(problems.map(({ file }) => file)).toEqual(['a_mask.png'])
  })

  test('a mask of another size than its picture is a problem that names both', async () => {
    const folder = await folderOf('images/b.jpg', 'masks/b.png')
    await savePicture(`${folder}/images/a.jpg`, size, 6)
    await saveMask(`${folder}/masks/a.png`)
    const { images, problems } = await readAll(await folders.read(folder, {}))
    expect(images).toHaveLength(1)
    expect(problems[0]?.file).toBe('masks/a.png')
    expect(problems[0]?.why).toMatch(/3x2.*2x3.*EXIF/)
  })

  test('a folder without a pair is refused with what to do', async () => {
    const error = await rejection(folders.read(await folderOf('a.jpg', 'b_mask.png'), {}))
    expect(error).toMatchObject({ code: 'bad-dataset', hint: expect.stringContaining('masks/') })
  })

  test('fifty thousand pictures are paired within seconds', () => {
    const names = Array.from({ length: 50_000 }, (_, i) => String(i).padStart(6, '0'))
    const files = [...names.map((n) => `images/${n}.jpg`), ...names.map((n) => `masks/${n}.png`)]
    // Of the processor, not of the clock: other tests run beside this one.
    const start = process.cpuUsage()
    const { pairs, problems } = pairFiles(files)
    expect([pairs.length, problems.length]).toEqual([50_000, 0])
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(5)
  }, 60_000)
})

const formats: [string, DatasetFormat][] = [
  ['folders', folders],
  ['index-png', indexPng],
  ['colour-png', colourPng],
]

describe.each(formats)('What is written as %s', (_name, format) => {
  test('comes back pixel by pixel, with classes, splits and "ignore"', async () => {
    const masks = fc.array(randomMask({ classes: 4, ignore: true }), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(masks, fc.boolean(), async (list, withColours) => {
        const folder = await mkdtemp(temporary('round-'))
        const images = await Promise.all(
          list.map(async (mask, i) => ({
            ...maskedImage(`room/${i}.jpg`, mask),
            split: i === 0 ? 'train' : 'val',
            file: await savePicture(`${folder}/from/${i}.jpg`, mask),
          })),
        )
        const set = setOf(['car', 'bus', 'bus, red'], images)
        const colour = withColours ? '#123456' : null
        const classes = set.classes.map((each, i) => ({
          ...each,
          colour: i === 2 ? colour : null,
          parent: i > 1 ? 'vehicle' : null,
        }))
        await format.write({ ...set, classes }, `${folder}/to`, { pictures: 'copy' }, {})
        expect(await format.recognises(`${folder}/to`)).toBe(true)
        const again = await format.read(`${folder}/to`, {})
        const read = await readAll(again)
        expect(read.problems).toEqual([])
        const byName = [...read.images].sort((a, b) => (a.name < b.name ? -1 : 1))
        expect(byName.map((image) => namedMask(again, image))).toEqual(
          images.map((image) => namedMask(set, image)),
        )
        expect(byName.map(({ split }) => split)).toEqual(images.map(({ split }) => split))
        expect(again.classes.map(({ name, parent }) => [name, parent])).toEqual(
          classes.map(({ name, parent }) => [name, parent]),
        )
        if (colour) expect(again.classes[2]?.colour).toBe(colour)
      }),
      { numRuns: 15 },
    )
  })

  test('is the same each time, and pictures that differ in their ending keep a mask each', async () => {
    const mask = { width: 2, height: 1, data: Uint8Array.of(0, 1) }
    const other = { ...mask, data: Uint8Array.of(1, 0) }
    const file = await savePicture(temporary('p.png'), mask)
    const images = [maskedImage('a.jpg', mask), maskedImage('a.png', other)].map((image) => ({
      ...image,
      file,
    }))
    const unannotated = imageOf('b.jpg', mask, { annotated: false })
    const [first, second] = [await mkdtemp(temporary('1-')), await mkdtemp(temporary('2-'))]
    for (const folder of [first, second]) {
      const written = await format.write(
        setOf(['car'], [...images, unannotated]),
        folder,
        { pictures: 'copy' },
        {},
      )
      expect(written).toEqual({ images: 2, files: (await listFiles(folder)).length })
    }
    for (const name of await listFiles(first))
      expect(await readFile(`${first}/${name}`)).toEqual(await readFile(`${second}/${name}`))
    const { images: read } = await readAll(await format.read(first, {}))
    expect(read.map((image) => [...(image.mask?.data ?? [])]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('never leaves its folder', async () => {
    const image = maskedImage('../../evil.jpg', { width: 1, height: 1, data: Uint8Array.of(0) })
    const folder = await mkdtemp(temporary('safe-'))
    const writing = format.write(setOf([], [image]), `${folder}/a/b`, { pictures: 'copy' }, {})
    expect((await rejection(writing)).code).toBe('bad-dataset')
    expect(await readdir(folder)).not.toContain('evil.png')
  })
})

describe('Formats of masks', () => {
  test('are not taken for each other', async () => {
    const lone = await mkdtemp(temporary('lone-'))
    await saveMask(`${lone}/a.png`)
    const coloured = await mkdtemp(temporary('coloured-'))
    await sharp({ create: { ...size, channels: 3, background: '#ff0000' } })
      .png()
      .toFile(`${coloured}/a.png`)
    const paired = await folderOf('images/a.jpg', 'masks/a.png')
    const text = await mkdtemp(temporary('text-'))
    await writeFile(`${text}/a.txt`, '')
    const answers = async (path: string) =>
      Promise.all(formats.map(([, format]) => format.recognises(path)))
    expect(await answers(lone)).toEqual([false, true, false])
    expect(await answers(coloured)).toEqual([false, false, true])
    expect(await answers(paired)).toEqual([true, false, false])
    for (const path of [text, temporary('none'), `${text}/a.txt`])
      expect(await answers(path)).toEqual([false, false, false])
  })
})

test('a folder of fifty thousand masks is recognised and begun within seconds', async () => {
  const folder = await mkdtemp(temporary('many-'))
  const target = { format: 'index-png', pictures: 'none' } as const
  const mask = { width: 2, height: 1, data: Uint8Array.of(0, 1) }
  await writeSet(setOf(['car'], [maskedImage('one.png', mask)]), `${folder}/set`, target, {})
  for (let i = 0; i < 50_000; i++) linkSync(`${folder}/set/one.png`, `${folder}/set/${i}.png`)
  const start = process.cpuUsage()
  expect(await indexPng.recognises(`${folder}/set`)).toBe(true)
  const set = await indexPng.read(`${folder}/set`, {})
  expect(set.count).toBe(50_001)
  const names: string[] = []
  for await (const image of set.read({})) {
    if ('name' in image) names.push(image.name)
    if (names.length === 12) break
  }
  expect(names.slice(0, 3).concat(names.slice(-1))).toEqual(['0.png', '1.png', '2.png', '11.png'])
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(10)
}, 180_000)
