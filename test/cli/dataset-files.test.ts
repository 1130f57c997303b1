import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import {
  freshProject,
  imported,
  mask,
  maskFolders,
  picture,
  stats,
} from '../fixtures/datasets-cli.ts'
import { failure, maskbench, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Files of datasets', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  beforeAll(async () => {
    dataFolder = await freshDataFolder()
  })
  afterAll(() => dataFolder.remove())

  test('with pictures turned by EXIF, of 16 bits or for print are taken as a viewer shows them', async () => {
    const folder = await mkdtemp(temporary('odd-'))
    await mkdir(`${folder}/images`)
    await mkdir(`${folder}/masks`)
    await picture(1).jpeg().withMetadata({ orientation: 6 }).toFile(`${folder}/images/turned.jpg`)
    await picture(2).toColourspace('rgb16').png().toFile(`${folder}/images/deep.png`)
    await picture(3).toColourspace('cmyk').jpeg().toFile(`${folder}/images/print.jpg`)
    for (const name of ['deep', 'print']) await mask(2).png().toFile(`${folder}/masks/${name}.png`)
    await mask(2).rotate(90).png().toFile(`${folder}/masks/turned.png`)
    const found = await result(imported, 'dataset', 'import', await freshProject(temporary), folder)
    expect(found).toMatchObject({ images: 3, problems: [] })
    await mask(2).png().toFile(`${folder}/masks/turned.png`)
    const wrong = await result(imported, 'dataset', 'import', await freshProject(temporary), folder)
    expect(wrong.problems).toEqual([
      { file: 'masks/turned.png', why: expect.stringMatching(/8x6.*6x8.*EXIF/) },
    ])
  })

  test('in another encoding than UTF-8 are refused with the line', async () => {
    const folder = await mkdtemp(temporary('latin-'))
    await picture(0).png().toFile(`${folder}/a.png`)
    const table = 'image_id,class,bounds\na,T\u00fcr,"(0,0),(2,2)"\n'
    await writeFile(`${folder}/boxes.csv`, Buffer.from(table, 'latin1'))
    const error = await failure('dataset', 'import', await freshProject(temporary), folder)
    expect(error).toMatchObject({ exit: 2, code: 'bad-dataset' })
    expect(error.message).toMatch(/boxes\.csv.*line 2/)
    await writeFile(`${folder}/boxes.csv`, Buffer.from(`\ufeff${table}`, 'utf16le'))
    const found = await result(imported, 'dataset', 'import', await freshProject(temporary), folder)
    expect(found.classes.map(({ name }) => name)).toEqual(['background', 'T\u00fcr'])
  })

  test('tell what looks wrong', async () => {
    const [dir, folder] = [await freshProject(temporary), await maskFolders(temporary, 2)]
    await picture(5).png().toFile(`${folder}/images/all.png`)
    await mask(8).png().toFile(`${folder}/masks/all.png`)
    await result(imported, 'dataset', 'import', dir, folder, '--map', '255=face')
    const counted = await result(stats, 'dataset', 'stats', dir)
    expect(counted.odd).toContainEqual({ image: 'all.png', why: 'filled' })
    const { code } = await maskbench('dataset', 'import', dir, folder, '--format', 'nonsense')
    expect(code).toBe(2)
  })
})
