import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { packZip } from '../../../src/engine/formats/archive/pack-zip.ts'
import { recogniseFormat } from '../../../src/engine/formats/formats.ts'
import { openSet } from '../../../src/engine/formats/open-set.ts'
import { writeSet } from '../../../src/engine/formats/write-set.ts'
import {
  maskedImage,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 255) }
const fresh = () => mkdtemp(temporary('set-'))

async function smallSet() {
  const file = await savePicture(temporary('a.png'), mask)
  return setOf(['car'], [{ ...maskedImage('a.png', mask), file }])
}

describe('A set in a zip', () => {
  test('is the same as in a folder, and leaves nothing behind', async () => {
    const set = await smallSet()
    const folder = await fresh()
    await writeSet(set, `${folder}/set.zip`, { format: 'folders', pictures: 'copy' }, {})
    let unpacked = ''
    {
      await using opened = await openSet(`${folder}/set.zip`, { format: 'auto' }, {})
      expect([opened.format, opened.isUnpacked]).toEqual(['folders', true])
      const { images } = await readAll(opened.set)
      expect(images.map((image) => namedMask(opened.set, image))).toEqual([
        ['background', 'car', ''],
      ])
      unpacked = images[0]?.file ?? ''
      expect(existsSync(unpacked)).toBe(true)
    }
    expect(existsSync(unpacked)).toBe(false)
  })

  test('may lie in a folder of its own in there', async () => {
    const folder = await fresh()
    const write = { format: 'index-png', pictures: 'none' } as const
    await writeSet(await smallSet(), `${folder}/pack/my set`, write, {})
    await packZip(`${folder}/pack`, `${folder}/set.zip`)
    await using opened = await openSet(`${folder}/set.zip`, { format: 'auto' }, {})
    expect(opened.format).toBe('index-png')
  })

  test('is named in what is wrong, not the folder that it was unpacked into', async () => {
    const folder = await fresh()
    const write = { format: 'folders', pictures: 'copy' } as const
    await writeSet(await smallSet(), `${folder}/pack`, write, {})
    await writeFile(`${folder}/pack/images/a.png`, 'no picture')
    await packZip(`${folder}/pack`, `${folder}/set.zip`)
    const options = { format: 'coco' } as const
    const error = await rejection(openSet(`${folder}/set.zip`, options, {}))
    expect(error.message).toContain(`${folder}/set.zip holds no JSON`)
    await using opened = await openSet(`${folder}/set.zip`, { format: 'auto' }, {})
    const { problems } = await readAll(opened.set)
    expect(problems).toEqual([
      { file: 'masks/a.png', why: expect.stringMatching(/^images.a\.png /) },
    ])
  })

  test('is the same bytes each time', async () => {
    const folder = await fresh()
    for (const name of ['1.zip', '2.zip'])
      await writeSet(
        await smallSet(),
        `${folder}/${name}`,
        { format: 'folders', pictures: 'copy' },
        {},
      )
    expect(await readFile(`${folder}/1.zip`)).toEqual(await readFile(`${folder}/2.zip`))
  })
})

describe('A format', () => {
  test('is asked for where two fit', async () => {
    const folder = await fresh()
    await mkdir(`${folder}/masks`)
    await savePicture(`${folder}/images/a.png`, mask)
    await savePicture(`${folder}/masks/a.png`, mask)
    await writeFile(`${folder}/a.csv`, 'image_id,class,bounds\na,car,"(0,0),(1,1)"\n')
    const error = await rejection(recogniseFormat(folder))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('folders or as boxes-csv')
    expect(error.hint).toContain('--format')
    await using opened = await openSet(folder, { format: 'boxes-csv' }, {})
    expect(opened.format).toBe('boxes-csv')
  })

  test('that nobody knows is named with those there are', async () => {
    const error = await rejection(recogniseFormat(await fresh()))
    expect(error.code).toBe('bad-dataset')
    expect(error.hint).toContain('folders, index-png')
  })
})

describe('Writing a set', () => {
  const options = { format: 'index-png', pictures: 'none' } as const

  test('never touches what is there', async () => {
    const folder = await fresh()
    await writeFile(`${folder}/mine.txt`, 'mine')
    await writeFile(`${folder}/mine.zip`, 'mine')
    for (const target of [folder, `${folder}/mine.zip`])
      expect((await rejection(writeSet(await smallSet(), target, options, {}))).code).toBe(
        'file-exists',
      )
    expect((await readdir(folder)).sort()).toEqual(['mine.txt', 'mine.zip'])
  })

  test('that fails or is cancelled leaves nothing', async () => {
    const folder = await fresh()
    const bad = setOf(['car'], [maskedImage('a.png', mask), maskedImage('../b.png', mask)])
    for (const target of [`${folder}/out`, `${folder}/out.zip`]) {
      expect((await rejection(writeSet(bad, target, options, {}))).code).toBe('bad-dataset')
      const signal = AbortSignal.abort()
      expect((await rejection(writeSet(bad, target, options, { signal }))).code).toBe('cancelled')
    }
    expect(await readdir(folder)).toEqual([])
  })
})
