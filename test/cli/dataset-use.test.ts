import { cp, readdir, readFile, rm } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import {
  exported,
  freshProject,
  imported,
  maskFolders,
  picture,
  problem,
  split,
  stats,
} from '../fixtures/datasets-cli.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Datasets in use', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  beforeAll(async () => {
    dataFolder = await freshDataFolder()
  })
  afterAll(() => dataFolder.remove())

  test('are divided so that both sides show what there is, and equal files stay together', async () => {
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 20)]
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
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 3)]
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
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 1)]
    await result(imported, 'dataset', 'import', dir, folder)
    expect(await failure('dataset', 'export', dir, folder, '--format', 'index-png')).toMatchObject({
      exit: 2,
      code: 'file-exists',
    })
    expect(await readdir(folder)).toEqual(['images', 'masks'])
  })

  test('are converted without a project', async () => {
    const folder = await maskFolders(temporary, 2)
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
})
