import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { via } from '../../../../src/engine/formats/via/index.ts'
import { pixelCounts, readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { project3, save } from '../../../fixtures/formats/via.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Reading VIA 3', () => {
  const av = { 1: 'a' }

  test('draws all of its shapes in pictures that are found by their source', async () => {
    const size = { width: 700, height: 400 }
    await savePicture(temporary('three', 'sub', 'a.png'), size)
    const shape = (xy: readonly number[], label: string) => ({
      vid: '1',
      flg: 0,
      z: [],
      xy,
      av: { 1: label },
    })
    const metadata = {
      '1_a': shape([2, 10, 20, 40, 50], 'rectangle'),
      '1_b': shape([3, 200, 50, 30], 'circle'),
      '1_c': shape([4, 300, 50, 30, 20], 'ellipse'),
      '1_d': shape([5, 400, 20, 400, 60], 'line'),
      '1_e': shape([6, 420, 20, 420, 60, 460, 60], 'polyline'),
      '1_f': shape([7, 500, 20, 560, 20, 560, 60], 'polygon'),
      '1_g': shape([8, 120, 200, 140, 150, 160, 220, 130, 260], 'extreme rectangle'),
      '1_h': shape([9, 300, 170, 330, 200, 300, 230], 'extreme circle'),
      '1_i': shape([1, 600, 200], 'point'),
    }
    await save(temporary('three', 'p.json'), project3(metadata))
    expect(await via.recognises(temporary('three'))).toBe(true)
    const set = await via.read(temporary('three'), {})
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    const [image] = images
    if (!image) throw new Error('a picture was expected')
    expect(image).toMatchObject({ name: 'sub/a.png', ...size })
    const counts = pixelCounts(set, image)
    expect(counts.rectangle).toBe(40 * 50)
    expect(counts['extreme rectangle']).toBe(40 * 110)
    const area = (name: string) => counts[name] ?? 0
    for (const name of ['circle', 'extreme circle'])
      expect(Math.abs(area(name) / (Math.PI * 900) - 1)).toBeLessThan(0.02)
    expect(Math.abs(area('ellipse') / (Math.PI * 600) - 1)).toBeLessThan(0.02)
    expect(area('polygon')).toBeGreaterThan(1150)
    expect(area('line')).toBeGreaterThan(100)
    expect(area('polyline')).toBeGreaterThan(200)
    expect(area('point')).toBeGreaterThan(20)
  })

  test('takes options by their ids, pictures within the file, and files that are no pictures', async () => {
    const source = await savePicture(temporary('source.png'), { width: 4, height: 4 })
    const inline = `data:image/png;base64,${(await readFile(source)).toString('base64')}`
    const options = { 0: 'cyl', 1: 'hex', 2: 'sunk' }
    const attribute = {
      1: { aname: 'screws', anchor_id: 'FILE1_Z0_XY1', type: 3, desc: '', options },
      2: { aname: 'marks', anchor_id: 'FILE1_Z0_XY1', type: 2, desc: '', options },
    }
    const file = {
      1: { fid: '1', fname: 'a.png', type: 2, loc: 4, src: inline },
      2: { fid: '2', fname: 'b.mp4', type: 4, loc: 1, src: '' },
    }
    const view = {
      1: { fid_list: ['1'] },
      2: { fid_list: ['2'] },
      3: { fid_list: ['1', '2'] },
      4: { fid_list: ['9'] },
    }
    const metadata = {
      '1_a': { vid: '1', flg: 0, z: [], xy: [2, 0, 0, 2, 2], av: { 1: '1', 2: '0,1' } },
      '1_b': { vid: '1', flg: 0, z: [], xy: [77, 0, 0], av: { 1: '1' } },
      '1_c': { vid: '1', flg: 0, z: [], xy: [3, 0], av: { 1: '1' } },
      '1_d': { vid: '1', xy: 'here', av: {} },
    }
    const path = await save(
      temporary('inline', 'p.json'),
      project3(metadata, { attribute, file, view }),
    )
    const set = await via.read(path, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'cyl', 'hex', 'sunk'])
    const { images, problems } = await readAll(set)
    expect(images.map((image) => pixelCounts(set, image))).toEqual([{ hex: 4, background: 12 }])
    expect(problems.map(({ file, why }) => `${file} ${why}`)).toEqual([
      expect.stringMatching(/^a.png metadata 1_b: shape 77 is not known/),
      expect.stringMatching(/^a.png metadata 1_c: a circle has 1 numbers; 3 were expected/),
      expect.stringMatching(/^a.png metadata 1_d: xy: /),
      expect.stringMatching(/^b.mp4 is no picture/),
      expect.stringMatching(/^a.png shows 2 files at once/),
      expect.stringMatching(/^view 4 has no file/),
      'p.json not kept: values of the region attribute "marks" (1)',
    ])
  })

  test('refuses a project without its parts', async () => {
    const { view, ...rest } = project3({ '1_a': { vid: '1', z: [], xy: [], av } })
    expect(view).toBeDefined()
    const error = await rejection(via.read(await save(temporary('part', 'p.json'), rest), {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('view')
  })
})
