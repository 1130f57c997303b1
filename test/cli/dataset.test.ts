import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listFiles } from '../../src/engine/formats/list-files.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, maskbench, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 8, height: 6 }

const amount = z.object({ name: z.string(), pixels: z.number(), images: z.number() })
const problem = z.object({ file: z.string(), why: z.string() })
const imported = z.strictObject({
  format: z.string(),
  images: z.number(),
  masks: z.number(),
  classes: z.array(amount),
  problems: z.array(problem),
  set: z.number().optional(),
})
const exported = z.strictObject({
  images: z.number(),
  files: z.number(),
  dropped: z.array(z.string()),
})
const stats = z.looseObject({
  images: z.number(),
  masks: z.number(),
  classes: z.array(z.looseObject({ name: z.string(), pixels: z.number(), images: z.number() })),
  splits: z.array(z.object({ name: z.string().nullable(), images: z.number() })),
  missing: z.array(z.string()),
  odd: z.array(z.object({ image: z.string(), why: z.string() })),
  duplicates: z.array(z.array(z.string())),
})
const split = z.object({
  parts: z.array(
    z.object({
      name: z.string(),
      images: z.number(),
      classes: z.array(z.object({ name: z.string(), images: z.number() })),
    }),
  ),
  groups: z.number(),
  unannotated: z.number(),
})

/** A picture that differs from those of other numbers. */
function picture(number: number): Sharp {
  const data = new Uint8Array(3 * size.width * size.height).map(
    (_, i) => (i * 7 + number * 41) % 256,
  )
  return sharp(data, { raw: { ...size, channels: 3 } })
}

/** A binary mask: the first columns are set. */
function mask(columns: number): Sharp {
  const data = new Uint8Array(size.width * size.height).map((_, i) =>
    i % size.width < columns ? 255 : 0,
  )
  return sharp(data, { raw: { ...size, channels: 1 } }).toColourspace('b-w')
}

/** A folder of pictures and masks; the mask of picture i has i columns. */
async function maskFolders(count: number): Promise<string> {
  const folder = await mkdtemp(temporary('folders-'))
  await mkdir(`${folder}/images`)
  await mkdir(`${folder}/masks`)
  for (let i = 0; i < count; i++) {
    await picture(i).png().toFile(`${folder}/images/${i}.png`)
    await mask(i % size.width)
      .png()
      .toFile(`${folder}/masks/${i}.png`)
  }
  return folder
}

async function freshProject(): Promise<string> {
  return `${await mkdtemp(temporary('project-'))}/set.maskbench`
}

/** Contents of the masks in an export, by name. */
async function masksIn(folder: string): Promise<Record<string, string>> {
  const names = (await listFiles(folder)).filter((name) => name.endsWith('.png'))
  const texts = await Promise.all(names.map((name) => readFile(`${folder}/${name}`, 'base64')))
  return Object.fromEntries(names.map((name, i) => [name, texts[i] ?? '']))
}

describe('Datasets', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  beforeAll(async () => {
    dataFolder = await freshDataFolder()
  })
  afterAll(() => dataFolder.remove())

  test('are imported into a project that is made for them, and known to it', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(3)]
    await picture(9).png().toFile(`${folder}/images/9.png`)
    const found = await result(imported, 'dataset', 'import', dir, folder, '--map', '255=face')
    expect(found).toEqual({
      format: 'folders',
      images: 3,
      masks: 3,
      classes: [
        { name: 'background', pixels: 48 + 42 + 36, images: 3 },
        { name: 'face', pixels: 6 + 12, images: 2 },
      ],
      problems: [{ file: 'images/9.png', why: 'there is no mask for this picture' }],
      set: 1,
    })
    const info = await result(
      z.looseObject({
        imageSets: z.array(z.looseObject({ images: z.number() })),
        tapes: z.array(z.unknown()),
      }),
      'info',
      dir,
    )
    expect(info.imageSets).toMatchObject([{ id: 1, format: 'folders', images: 3, problems: 1 }])
    expect(info.tapes).toEqual([])
    const { jobs } = await result(z.object({ jobs: z.array(z.looseObject({})) }), 'jobs', dir)
    expect(jobs).toMatchObject([{ kind: 'import', state: 'done', done: 4, total: 4 }])
  })

  test('are only looked through with --dry-run', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(2)]
    const found = await result(imported, 'dataset', 'import', dir, folder, '--dry-run')
    expect(found).toMatchObject({ format: 'folders', images: 2, masks: 2, problems: [] })
    expect(existsSync(dir)).toBe(false)
  })

  test('come back as they were in each format of masks, also by way of a zip', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(4)]
    await result(imported, 'dataset', 'import', dir, folder)
    const out = await mkdtemp(temporary('out-'))
    const written = await result(
      exported,
      ...['dataset', 'export', dir, `${out}/folders`, '--format', 'folders'],
    )
    expect(written).toEqual({ images: 4, files: 9, dropped: [] })
    const first = await masksIn(`${out}/folders/masks`)
    for (const format of ['folders', 'index-png', 'colour-png']) {
      await result(exported, 'dataset', 'export', dir, `${out}/${format}.zip`, '--format', format)
      const other = await freshProject()
      const again = await result(imported, 'dataset', 'import', other, `${out}/${format}.zip`)
      expect(again).toMatchObject({ format, images: 4, problems: [] })
      const target = `${out}/again-${format}`
      await result(
        exported,
        ...['dataset', 'export', other, target, '--format', 'folders', '--pictures', 'none'],
      )
      expect(await masksIn(`${target}/masks`)).toEqual(first)
    }
  })

  test('of a zip keep their pictures in the project', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(2)]
    const out = await mkdtemp(temporary('zip-'))
    await result(exported, 'convert', folder, `${out}/a.zip`, '--to', 'folders').catch(() => null)
    await result(imported, 'dataset', 'import', dir, `${out}/a.zip`)
    await rm(`${out}/a.zip`)
    expect((await listFiles(`${dir}/images`)).map((name) => basename(name))).toEqual([
      '000000.png',
      '000001.png',
    ])
    await result(exported, 'dataset', 'export', dir, `${out}/b`, '--format', 'folders')
    expect(await readFile(`${out}/b/images/1.png`)).toEqual(
      await readFile(`${folder}/images/1.png`),
    )
    await result(z.looseObject({}), 'dataset', 'undo', dir)
    expect(await listFiles(`${dir}/images`)).toEqual([])
  })

  test('that hold nothing usable leave nothing behind', async () => {
    const dir = await freshProject()
    const folder = await mkdtemp(temporary('empty-'))
    await writeFile(`${folder}/a.txt`, '')
    expect(await failure('dataset', 'import', dir, folder)).toMatchObject({
      exit: 2,
      code: 'bad-dataset',
      hint: expect.stringContaining('--format'),
    })
    expect(await failure('dataset', 'import', dir, `${folder}/none`)).toMatchObject({
      exit: 2,
      code: 'no-such-file',
    })
    await mkdir(`${folder}/masks`)
    await mkdir(`${folder}/images`)
    await picture(0).png().toFile(`${folder}/images/a.png`)
    await writeFile(`${folder}/masks/a.png`, 'no picture')
    const error = await failure('dataset', 'import', dir, folder)
    expect(error).toMatchObject({ exit: 2, code: 'bad-dataset' })
    expect(error.message).toContain('masks/a.png')
    expect(existsSync(dir)).toBe(false)
  })

  test('are not imported twice, and an import can be taken back', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(2)]
    await result(imported, 'dataset', 'import', dir, folder, '--map', '255=face')
    expect(await failure('dataset', 'import', dir, folder, '--map', '255=face')).toMatchObject({
      exit: 2,
      code: 'dataset-exists',
    })
    const other = await maskFolders(3)
    await result(imported, 'dataset', 'import', dir, other, '--map', '255=hand')
    const counted = await result(stats, 'dataset', 'stats', dir)
    expect(counted.classes.map(({ name }) => name)).toEqual(['background', 'face', 'hand'])
    const undone = await result(
      z.object({ set: z.number(), path: z.string(), images: z.number() }),
      'dataset',
      'undo',
      dir,
    )
    expect(undone).toMatchObject({ path: other, images: 3 })
    const left = await result(stats, 'dataset', 'stats', dir)
    expect(left.images).toBe(2)
    expect(left.classes.map(({ name }) => name)).toEqual(['background', 'face'])
    await result(z.looseObject({}), 'dataset', 'undo', dir)
    expect(await failure('dataset', 'stats', dir)).toMatchObject({
      exit: 2,
      code: 'no-such-dataset',
    })
    const info = z.looseObject({ tapes: z.array(z.unknown()), imageSets: z.array(z.unknown()) })
    expect(await result(info, 'info', dir)).toMatchObject({ tapes: [], imageSets: [] })
    expect((await failure('infer', dir)).code).toBe('no-such-tape')
    const { classes } = await result(
      imported,
      'dataset',
      'import',
      dir,
      folder,
      '--map',
      '255=face',
    )
    expect(classes.map(({ name }) => name)).toEqual(['background', 'face'])
  })

  test('are divided so that both sides show what there is, and equal files stay together', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(20)]
    for (const name of ['copy', 'copy2']) {
      await cp(`${folder}/images/3.png`, `${folder}/images/${name}.png`)
      await cp(`${folder}/masks/3.png`, `${folder}/masks/${name}.png`)
    }
    await result(imported, 'dataset', 'import', dir, folder)
    const words = ['dataset', 'split', dir, '--ratio', '9:2', '--seed', 5]
    const first = await result(split, ...words)
    expect(first.parts.map(({ name, images }) => [name, images])).toEqual([
      ['train', 18],
      ['val', 4],
    ])
    expect(first).toMatchObject({ groups: 20, unannotated: 0 })
    for (const { classes } of first.parts)
      expect(classes.every(({ images }) => images > 0)).toBe(true)
    const out = temporary('split-out')
    await result(exported, 'dataset', 'export', dir, out, '--format', 'folders')
    const side = async (name: string) => readdir(`${out}/images/${name}`)
    const [train, val] = [await side('train'), await side('val')]
    const equal = ['3.png', 'copy.png', 'copy2.png']
    expect([
      equal.filter((name) => train.includes(name)).length % 3,
      train.length + val.length,
    ]).toEqual([0, 22])
    const counted = await result(stats, 'dataset', 'stats', dir)
    expect(counted.duplicates).toEqual([equal])
    expect(counted.splits).toEqual([
      { name: 'train', images: 18 },
      { name: 'val', images: 4 },
    ])
    await result(split, ...words)
    await rm(out, { recursive: true })
    await result(exported, 'dataset', 'export', dir, out, '--format', 'folders')
    expect(await side('val')).toEqual(val)
    expect(await failure('dataset', 'split', dir, '--ratio', 'most')).toMatchObject({
      exit: 2,
      code: 'bad-value',
    })
  })

  test('say before they are written what a format drops', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(3)]
    await result(imported, 'dataset', 'import', dir, folder)
    await result(split, 'dataset', 'split', dir, '--ratio', '1:1')
    const { dropped } = await result(
      exported,
      ...['dataset', 'export', dir, temporary('boxes'), '--format', 'boxes-csv'],
    )
    expect(dropped).toEqual([expect.stringContaining('in 3 images')])
    expect(dropped[0]).toContain('train')
    const table = await readFile(temporary('boxes', 'boxes.csv'), 'utf8')
    expect(table.split('\n').slice(0, 3)).toEqual([
      'image_id,x,y,width,height,class_id',
      '0.png,,,,,',
      '1.png,0,0,1,6,1',
    ])
  })

  test('never replace what is there', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(1)]
    await result(imported, 'dataset', 'import', dir, folder)
    expect(await failure('dataset', 'export', dir, folder, '--format', 'index-png')).toMatchObject({
      exit: 2,
      code: 'file-exists',
    })
    expect(await readdir(folder)).toEqual(['images', 'masks'])
  })

  test('are converted without a project', async () => {
    const folder = await maskFolders(2)
    await picture(7).png().toFile(`${folder}/images/7.png`)
    const converted = await result(
      z.looseObject({ from: z.string(), to: z.string(), problems: z.array(problem) }),
      ...['convert', folder, temporary('converted'), '--to', 'colour-png', '--map', '255=face'],
    )
    expect(converted).toMatchObject({
      ...{ from: 'folders', to: 'colour-png', images: 2, files: 3 },
      dropped: [expect.stringContaining('2 images')],
      problems: [{ file: 'images/7.png' }],
    })
    expect(await readFile(temporary('converted', 'legend.csv'), 'utf8')).toContain('face,#')
  })

  test('with pictures turned by EXIF, of 16 bits or for print are taken as a viewer shows them', async () => {
    const folder = await mkdtemp(temporary('odd-'))
    await mkdir(`${folder}/images`)
    await mkdir(`${folder}/masks`)
    await picture(1).jpeg().withMetadata({ orientation: 6 }).toFile(`${folder}/images/turned.jpg`)
    await picture(2).toColourspace('rgb16').png().toFile(`${folder}/images/deep.png`)
    await picture(3).toColourspace('cmyk').jpeg().toFile(`${folder}/images/print.jpg`)
    for (const name of ['deep', 'print']) await mask(2).png().toFile(`${folder}/masks/${name}.png`)
    await mask(2).rotate(90).png().toFile(`${folder}/masks/turned.png`)
    const found = await result(imported, 'dataset', 'import', await freshProject(), folder)
    expect(found).toMatchObject({ images: 3, problems: [] })
    await mask(2).png().toFile(`${folder}/masks/turned.png`)
    const wrong = await result(imported, 'dataset', 'import', await freshProject(), folder)
    expect(wrong.problems).toEqual([
      { file: 'masks/turned.png', why: expect.stringMatching(/8x6.*6x8.*EXIF/) },
    ])
  })

  test('in another encoding than UTF-8 are refused with the line', async () => {
    const folder = await mkdtemp(temporary('latin-'))
    await picture(0).png().toFile(`${folder}/a.png`)
    const table = 'image_id,class,bounds\na,T\u00fcr,"(0,0),(2,2)"\n'
    await writeFile(`${folder}/boxes.csv`, Buffer.from(table, 'latin1'))
    const error = await failure('dataset', 'import', await freshProject(), folder)
    expect(error).toMatchObject({ exit: 2, code: 'bad-dataset' })
    expect(error.message).toMatch(/boxes\.csv.*line 2/)
    await writeFile(`${folder}/boxes.csv`, Buffer.from(`\ufeff${table}`, 'utf16le'))
    const found = await result(imported, 'dataset', 'import', await freshProject(), folder)
    expect(found.classes.map(({ name }) => name)).toEqual(['background', 'T\u00fcr'])
  })

  test('tell what looks wrong', async () => {
    const [dir, folder] = [await freshProject(), await maskFolders(2)]
    await picture(5).png().toFile(`${folder}/images/all.png`)
    await mask(8).png().toFile(`${folder}/masks/all.png`)
    await result(imported, 'dataset', 'import', dir, folder, '--map', '255=face')
    const counted = await result(stats, 'dataset', 'stats', dir)
    expect(counted.odd).toContainEqual({ image: 'all.png', why: 'filled' })
    const { code } = await maskbench('dataset', 'import', dir, folder, '--format', 'nonsense')
    expect(code).toBe(2)
  })
})
