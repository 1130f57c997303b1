import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { listFiles } from '../../src/engine/formats/list-files.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import {
  exported,
  freshProject,
  imported,
  maskFolders,
  masksIn,
  picture,
  stats,
} from '../fixtures/datasets-cli.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Datasets', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  beforeAll(async () => {
    dataFolder = await freshDataFolder()
  })
  afterAll(() => dataFolder.remove())

  test('are imported into a project that is made for them, and known to it', async () => {
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 3)]
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
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 2)]
    const found = await result(imported, 'dataset', 'import', dir, folder, '--dry-run')
    expect(found).toMatchObject({ format: 'folders', images: 2, masks: 2, problems: [] })
    expect(existsSync(dir)).toBe(false)
  })

  test('come back as they were in each format of masks, also by way of a zip', async () => {
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 4)]
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
      const other = await freshProject(temporary)
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
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 2)]
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
    const dir = await freshProject(temporary)
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
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 2)]
    await result(imported, 'dataset', 'import', dir, folder, '--map', '255=face')
    expect(await failure('dataset', 'import', dir, folder, '--map', '255=face')).toMatchObject({
      exit: 2,
      code: 'dataset-exists',
    })
    const other = await maskFolders(temporary, 3)
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
})
