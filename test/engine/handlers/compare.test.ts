import { mkdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { rejection } from '../../fixtures/caught.ts'
import { writeGrey } from '../../fixtures/grey-png.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'
import { ended, loadPage, openNew, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('A page that compares networks', () => {
  beforeAll(async () => {
    await mkdir(bench.at('set', 'images'), { recursive: true })
    const create = { width: 64, height: 48, channels: 3 as const, background: '#ff0000' }
    await sharp({ create })
      .png()
      .toFile(bench.at('set', 'images', 'red.png'))
    const data = new Uint8Array(64 * 48).fill(255)
    await writeGrey(bench.at('set', 'masks', 'red.png'), { width: 64, height: 48, data })
  })

  test('gets the table, and files of it within its folders', async () => {
    const page = loadPage(bench.start({ roots: [bench.at()] }))
    const { project } = await openNew(page, 'some', bench.at())
    await tinyNetwork(projectModelFolder(bench.at('some.maskbench'), 'tiny'), [0, 0, 0, 0])
    const source = { project, path: bench.at('set'), map: ['255=person'] }
    const imported = await page.call('datasets.import', source)
    expect((await ended(page, project, imported.job)).error).toBeNull()

    const wish = { project, models: ['tiny'], device: 'cpu' }
    const unknown = rejection(page.call('compare.start', { ...wish, models: ['/etc/passwd'] }))
    expect((await unknown).code).toBe('no-such-model')
    const { job } = await page.call('compare.start', wish)
    expect((await ended(page, project, job)).error).toBeNull()
    const comparison = await page.call('compare.result', { project, job })
    expect(comparison?.networks).toMatchObject([
      { id: 'tiny', parameters: 16, accuracy: { classIou: [null, 1], images: 1 }, note: null },
    ])

    const path = bench.at('table.csv')
    expect(await page.call('compare.save', { project, job, path })).toEqual({ path })
    expect(await readFile(path, 'utf8')).toContain('tiny,Tiny,1,1,1,16,')
    const save = (where: string, of = job) =>
      rejection(page.call('compare.save', { project, job: of, path: where }))
    expect((await save('/tmp/elsewhere.csv')).code).toBe('outside-roots')
    expect((await save(bench.at('table.pdf'))).code).toBe('bad-value')
    expect((await save(path, 999)).code).toBe('no-such-file')
    expect(await page.call('compare.result', { project, job: imported.job })).toBeNull()
  })
})
