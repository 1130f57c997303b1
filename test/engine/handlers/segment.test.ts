import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { rejection } from '../../fixtures/caught.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'
import { ended, loadPage, openHeld, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

describe('A page that lets a network look at a folder', () => {
  beforeAll(async () => {
    createProject(bench.at('some.maskbench')).close()
    await tinyNetwork(projectModelFolder(bench.at('some.maskbench'), 'tiny'), [0, 0, 0, 0])
    await mkdir(bench.at('photos'))
    const create = { width: 48, height: 32, channels: 3 as const, background: '#ff0000' }
    for (const name of ['b.png', 'a.png'])
      await sharp({ create }).png().toFile(bench.at('photos', name))
    await writeFile(bench.at('photos', 'broken.jpg'), 'no picture')
  })

  test('gets what was seen, picture by picture, and the pictures', async () => {
    const service = bench.start({ roots: [bench.at()] })
    const page = loadPage(service)
    const { project } = await openHeld(page, bench.at('some.maskbench'))
    const input = bench.at('photos')
    expect(await page.call('segment.inspect', { project, input })).toEqual({
      ...{ kind: 'folder', pictures: 3 },
    })
    const wish = { project, input, out: bench.at('seen'), model: 'tiny', mode: 'splash' } as const
    const { job } = await page.call('segment.start', { ...wish, device: 'cpu' })
    expect((await ended(page, project, job)).state).toBe('done')
    const result = await page.call('segment.result', { project, job })
    expect(result?.pictures.map(({ name }) => name)).toEqual(['a.png', 'b.png'])
    expect(result).toMatchObject({
      skipped: [{ file: bench.at('photos', 'broken.jpg') }],
      legend: expect.arrayContaining([{ index: 1, name: 'person', colour: '#800000' }]),
    })
    const kinds = (['result', 'picture'] as const).map(async (of) => {
      const address = byteAddress.segmented(project, job, 0, of)
      const answer = await service.bytes(new Request(`http://page${address}`))
      return [answer.status, answer.headers.get('content-type')]
    })
    expect(await Promise.all(kinds)).toEqual([
      [200, 'image/jpeg'],
      [200, 'image/png'],
    ])
    const none = byteAddress.segmented(project, job, 7, 'result')
    expect((await service.bytes(new Request(`http://page${none}`))).status).toBe(404)
  })

  test('is told which networks there are, and how to get those that are missing', async () => {
    const page = loadPage(bench.start())
    const { project } = await openHeld(page, bench.at('some.maskbench'))
    const networks = await page.call('segment.models', { project })
    const found = (id: string) => networks.find((each) => each.id === id)
    expect(found('tiny')).toMatchObject({ origin: 'project', missing: null })
    expect(found('deeplabv3-mobilenetv2-voc')).toMatchObject({ origin: 'built-in', missing: null })
    expect(found('fcn_resnet101')).toMatchObject({
      origin: 'published',
      missing: { hint: expect.stringContaining('models download fcn_resnet101') },
    })
  })

  test('reaches no file beyond its folders, and no network by a path', async () => {
    const page = loadPage(bench.start({ roots: [bench.at()] }))
    const { project } = await openHeld(page, bench.at('some.maskbench'))
    const wish = { project, input: bench.at('photos'), out: bench.at('no'), mode: 'mask' } as const
    const start = (part: object) =>
      rejection(page.call('segment.start', { ...wish, model: 'tiny', ...part }))
    expect((await start({ input: '/etc' })).code).toBe('outside-roots')
    expect((await start({ out: '/tmp/elsewhere' })).code).toBe('outside-roots')
    expect((await start({ out: bench.at('some.maskbench', 'models') })).code).toBe('bad-value')
    const model = projectModelFolder(bench.at('some.maskbench'), 'tiny')
    const { job } = await page.call('segment.start', { ...wish, model })
    expect((await ended(page, project, job)).error?.code).toBe('no-such-model')
    expect(await page.call('segment.result', { project, job })).toBeNull()
  })
})
