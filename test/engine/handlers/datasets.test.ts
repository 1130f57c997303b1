import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { unpackMask } from '../../../src/shared/mask-codec.ts'
import { packStroke } from '../../../src/shared/stroke.ts'
import { rejection } from '../../fixtures/caught.ts'
import { cocoFolder, cocoSize } from '../../fixtures/coco-folder.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'
import { ended, loadPage, openNew, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()

/** A project of its own, into which a COCO set of four pictures was imported. */
async function imported(name: string) {
  const path = await cocoFolder(bench.at(name, 'coco'))
  const service = bench.start()
  const client = loadPage(service)
  const { project } = await openNew(client, name, bench.at(name))
  const { job } = await client.call('datasets.import', { project, path })
  const { state, error } = await ended(client, project, job)
  expect(error).toBeNull()
  expect(state).toBe('done')
  const [set] = await client.call('datasets.list', { project })
  if (!set) throw new Error('nothing was imported')
  const fetchBytes = async (address: string, init?: RequestInit) =>
    service.bytes(new Request(`http://page${address}`, init))
  const folder = bench.at(name, `${name}.maskbench`)
  return { path, client, project, set: set.id, listed: set, fetchBytes, folder }
}

describe('a set that is to be imported', () => {
  test('is summed up before anything of it is taken', async () => {
    const folder = bench.at('look', 'coco')
    const path = await cocoFolder(folder, undefined, { missing: ['yard.png'] })
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'look', bench.at('look'))
    const summary = await client.call('datasets.inspect', { project, path })
    expect(summary).toMatchObject({ format: 'coco', title: 'COCO', images: 4 })
    expect(summary.classes.map(({ name }) => name)).toEqual(['background', 'car', 'dog'])
    expect(summary.classes[1]).toMatchObject({ pixels: 400 + 200, images: 2 })
    expect(await client.call('datasets.list', { project })).toEqual([])
  })

  test('is refused with what to do where nothing is known of its format', async () => {
    const client = loadPage(bench.start())
    const { project } = await openNew(client, 'unknown', bench.at('unknown'))
    const path = bench.at('unknown')
    const failure = await rejection(client.call('datasets.inspect', { project, path }))
    expect(failure.code).toBe('bad-dataset')
  })
})

describe('an imported set', () => {
  test('is listed, searched by class and name, and described picture by picture', async () => {
    const { client, project, set, listed, path } = await imported('listed')
    expect(listed).toMatchObject({ title: 'COCO', path, images: 4, painted: 0, problemCount: 0 })
    const { classes } = await client.call('project.state', { project })
    const dog = classes.find(({ name }) => name === 'dog')?.index ?? -1
    const find = async (filter: object) =>
      (await client.call('datasets.find', { project, set, filter })).positions
    expect(await find({})).toEqual([0, 1, 2, 3])
    expect(await find({ class: dog })).toEqual([1, 2])
    expect(await find({ name: 'STR' })).toEqual([0])
    expect(await find({ class: dog, name: 'yard' })).toEqual([1])
    const images = await client.call('datasets.images', { project, set, positions: [2, 9] })
    expect(images).toHaveLength(1)
    expect(images[0]).toMatchObject({
      ...{ position: 2, name: 'meadow.png', ...cocoSize, version: 1, hasPicture: true },
      odd: ['specks'],
    })
    expect(images[0]?.classes).toContainEqual({ index: dog, pixels: 6 })
  })

  test('shows pictures, small ones and masks as bytes', async () => {
    const { project, set, fetchBytes } = await imported('bytes')
    const at = { project, set, position: 1 }
    const picture = await fetchBytes(byteAddress.image(at, 'file'))
    expect(picture.headers.get('content-type')).toBe('image/png')
    const raw = Buffer.from(await (await fetchBytes(byteAddress.image(at, 'raw'))).arrayBuffer())
    expect([raw.readUInt32BE(0), raw.readUInt32BE(4), raw.length]).toEqual([80, 60, 8 + 3 * 4800])
    const small = await fetchBytes(byteAddress.imageThumbnail(at))
    expect(await sharp(await small.arrayBuffer()).metadata()).toMatchObject({ format: 'jpeg' })
    const mask = await fetchBytes(byteAddress.imageMask(at, 'full', 1))
    const { width, height, data } = unpackMask(new Uint8Array(await mask.arrayBuffer()))
    expect([width, height]).toEqual([80, 60])
    expect(data.filter((value) => value !== 0)).toHaveLength(200 + 600)
    expect((await fetchBytes(byteAddress.imageThumbnail({ ...at, position: 9 }))).status).toBe(404)
    expect((await fetchBytes(byteAddress.imageThumbnail({ ...at, set: 9 }))).status).toBe(404)
  })

  test('is painted in by strokes, which become a version of the mask', async () => {
    const { client, project, set, fetchBytes } = await imported('painted')
    const at = { project, set, position: 3 }
    const stroke = {
      mask: cocoSize,
      x: 5,
      y: 5,
      width: 4,
      height: 3,
      data: new Uint8Array(12).fill(1),
    }
    const post = (body: Uint8Array<ArrayBuffer>) =>
      fetchBytes(byteAddress.imageStrokes(at, 'page', 1), { method: 'POST', body })
    expect((await post(Uint8Array.from(packStroke(stroke)))).status).toBe(204)
    expect(await client.call('datasets.fold', { project, set, position: 3 })).toEqual({
      version: 2,
    })
    const [image] = await client.call('datasets.images', { project, set, positions: [3] })
    expect(image?.classes).toEqual([
      { index: 0, pixels: 4788 },
      { index: 1, pixels: 12 },
    ])
    expect((await client.call('datasets.list', { project }))[0]?.painted).toBe(1)
    const other = { ...stroke, mask: { width: 10, height: 10 } }
    const refused = await fetchBytes(byteAddress.imageStrokes(at, 'page', 2), {
      method: 'POST',
      body: Uint8Array.from(packStroke(other)),
    })
    expect(await refused.json()).toMatchObject({ code: 'mask-size-differs' })
    const failure = await rejection(client.call('datasets.undo', { project, set }))
    expect(failure.code).toBe('labels-changed')
    await client.call('datasets.undo', { project, set, painted: true })
    expect(await client.call('datasets.list', { project })).toEqual([])
  })

  test('is counted and split, the same way for the same seed', async () => {
    const { client, project, set } = await imported('split')
    const parts = await client.call('datasets.split', { project, set, ratio: '1:1', seed: 7 })
    expect(parts.map(({ name, images }) => [name, images])).toEqual([
      ['train', 2],
      ['val', 2],
    ])
    const again = await client.call('datasets.split', { project, set, ratio: '1:1', seed: 7 })
    expect(again).toEqual(parts)
    const stats = await client.call('datasets.stats', { project, set })
    expect(stats).toMatchObject({
      ...{ images: 4, annotated: 4, ignored: 0, splits: parts, duplicates: [] },
      sizes: [{ ...cocoSize, images: 4 }],
      odd: [
        { why: 'empty', images: 1 },
        { why: 'specks', images: 1 },
      ],
    })
    expect(stats.coverage.reduce((sum, images) => sum + images, 0)).toBe(4)
    const bad = client.call('datasets.split', { project, set, ratio: 'half', seed: 0 })
    expect((await rejection(bad)).code).toBe('bad-value')
  })

  test('is exported in a format, which says what it drops before', async () => {
    const { client, project, set } = await imported('export')
    const about = { project, set, pictures: 'none' } as const
    const none = await client.call('datasets.dropped', { ...about, format: 'boxes-csv' })
    expect(none.join('\n')).toMatch(/pictures themselves/)
    const path = bench.at('export', 'out')
    const { job } = await client.call('datasets.export', { ...about, format: 'index-png', path })
    expect((await ended(client, project, job)).state).toBe('done')
    expect(await readdir(path)).not.toEqual([])
    const inside = join(bench.at('export', 'export.maskbench'), 'images', 'x')
    const failure = await rejection(
      client.call('datasets.export', { ...about, format: 'coco', path: inside }),
    )
    expect(failure.code).toBe('bad-value')
  })
})

describe('two sides of masks', () => {
  test('are compared pixel by pixel, and show the pictures behind each cell', async () => {
    const { client, project, set, fetchBytes } = await imported('compare')
    const at = { project, set, position: 0 }
    // A dog where half of the car was.
    const data = new Uint8Array(200).fill(2)
    const stroke = { mask: cocoSize, x: 10, y: 10, width: 20, height: 10, data }
    const body = Uint8Array.from(packStroke(stroke))
    await fetchBytes(byteAddress.imageStrokes(at, 'page', 1), { method: 'POST', body })
    const sides = {
      truth: { set, masks: 'imported' },
      prediction: { set, masks: 'now' },
    } as const
    const confusion = await client.call('datasets.confusion', { project, ...sides })
    expect(confusion).toMatchObject({ classes: [0, 1, 2], images: 4, leftCount: 0 })
    expect(confusion.counts[1]).toEqual([0, 400, 200])
    expect(confusion.byTruth[1]).toEqual([0, 400 / 600, 200 / 600])
    expect(confusion.ious[1]).toBeCloseTo(400 / 600)
    const cell = [1, 2] as [number, number]
    const behind = await client.call('datasets.confused', { project, ...sides, cell })
    expect(behind).toEqual([{ position: 0, pixels: 200 }])
  })

  test('may be masks and what the active network makes of their pictures', async () => {
    const { client, project, set, folder } = await imported('network')
    await tinyNetwork(projectModelFolder(folder, 'good'), undefined, 'good')
    await client.call('models.activate', { project, model: 'good' })
    const sides = { truth: { set, masks: 'now' }, prediction: 'network' } as const
    const { images, left, counts } = await client.call('datasets.confusion', { project, ...sides })
    expect(left).toEqual([])
    expect(images).toBe(4)
    const pixels = counts.flat().reduce((sum, count) => sum + count, 0)
    expect(pixels).toBe(4 * cocoSize.width * cocoSize.height)
  }, 60_000)
})
