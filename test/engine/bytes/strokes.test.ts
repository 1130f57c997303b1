import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import type { WorkbenchService } from '../../../src/engine/handlers.ts'
import { byteAddress } from '../../../src/shared/byte-routes.ts'
import { unpackMask } from '../../../src/shared/mask-codec.ts'
import { packStroke } from '../../../src/shared/stroke.ts'
import { paintedProject, paintedRecipe, paintedSize } from '../../fixtures/painted-project.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../../fixtures/small-disk.ts'
import { loadPage, openHeld, type Page, testBench } from '../../fixtures/workbench.ts'

const bench = testBench()
const frame = 7

interface Opened {
  service: WorkbenchService
  client: Page
  project: string
}

async function openPainted(path: string): Promise<Opened> {
  paintedProject(path).close()
  const service = bench.start()
  const client = loadPage(service)
  return { service, client, project: (await openHeld(client, path)).project }
}

const addressOf = (project: string, number: number | string) =>
  byteAddress.strokes({ project, tape: 1, frame }, 'the-page', Number(number))

/** A stroke of one pixel. */
const dab = (x: number, value = 1, mask = paintedSize) =>
  packStroke({ mask, x, y: 0, width: 1, height: 1, data: Uint8Array.of(value) })

async function ask(service: WorkbenchService, address: string, init?: RequestInit) {
  const response = await service.bytes(new Request(`http://page${address}`, init))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const isJson = response.headers.get('content-type') === 'application/json'
  const error = isJson ? JSON.parse(new TextDecoder().decode(bytes)) : undefined
  return { status: response.status, bytes, error }
}

const post = (service: WorkbenchService, address: string, body: Uint8Array<ArrayBuffer>) =>
  ask(service, address, { method: 'POST', body })

/** The columns of the first row that are painted; null where the frame has no mask. */
async function painted({ service, project }: Opened): Promise<number[] | null> {
  const { status, bytes } = await ask(service, byteAddress.mask({ project, tape: 1, frame }))
  if (status === 404) return null
  const { data, width } = unpackMask(bytes)
  return [...data.subarray(0, width).entries()].flatMap(([x, value]) => (value === 1 ? [x] : []))
}

describe('strokes', () => {
  test('are in the mask once they are acknowledged, each once, before and after they are folded', async () => {
    const opened = await openPainted(bench.at('strokes.maskbench'))
    const { service, client, project } = opened
    expect(await painted(opened)).toBeNull()
    const changes: string[][] = []
    client.on('project.changed', ({ parts }) => changes.push(parts))
    for (const [number, x] of [4, 6, 5].entries())
      expect(await post(service, addressOf(project, number), dab(x))).toMatchObject({ status: 204 })
    expect((await post(service, addressOf(project, 1), dab(30))).status).toBe(204)
    expect(await painted(opened)).toEqual([4, 5, 6])
    expect(changes).toEqual([['frames']])
    const fold = { project, tape: 1, frame }
    expect(await client.call('labels.fold', fold)).toEqual({ version: 1 })
    expect((await post(service, addressOf(project, 2), dab(31))).status).toBe(204)
    expect(await painted(opened)).toEqual([4, 5, 6])
  })

  test('that are sent all at once are stored in the order of their numbers', async () => {
    const { service, client, project } = await openPainted(bench.at('order.maskbench'))
    const values = [1, 0, 255, 0, 1]
    await Promise.all(
      values.map((value, number) => post(service, addressOf(project, number), dab(3, value))),
    )
    await client.call('labels.fold', { project, tape: 1, frame })
    expect(await painted({ service, client, project })).toEqual([3])
  })

  test('are refused in words when they are none, too long, or of another picture', async () => {
    const opened = await openPainted(bench.at('refused.maskbench'))
    const { service, project } = opened
    const whole = paintedSize.width * paintedSize.height
    const bad: [string, Uint8Array<ArrayBuffer>, object][] = [
      [addressOf(project, 1), new Uint8Array(), { code: 'bad-mask' }],
      [addressOf(project, 1), new Uint8Array(24), { code: 'bad-mask' }],
      [addressOf(project, 1), dab(48), { code: 'bad-mask' }],
      [addressOf(project, 1), dab(1, 9), { message: expect.stringContaining('class 9') }],
      [
        addressOf(project, 1),
        new Uint8Array(25 + whole),
        { message: expect.stringContaining('longer than') },
      ],
      [
        addressOf(project, 1),
        dab(1, 1, { width: 40, height: 30 }),
        { code: 'mask-size-differs', message: expect.stringContaining('40x30') },
      ],
      [`${addressOf(project, 1)}&geometry=other`, dab(1), { code: 'other-geometry' }],
      [addressOf(project, 'x'), dab(1), { code: 'bad-value' }],
      [addressOf(project, -1), dab(1), { code: 'bad-value' }],
      [addressOf(project, 1).replace('the-page', '%2e%2e%2f'), dab(1), { code: 'bad-value' }],
    ]
    for (const [address, body, error] of bad)
      expect(await post(service, address, body)).toMatchObject({ status: 400, error })
    expect(await ask(service, addressOf(project, 1))).toMatchObject({ status: 400 })
    expect(await painted(opened)).toBeNull()
  })

  test('of a body that never ends are refused after what a mask can have', async () => {
    const { service, project } = await openPainted(bench.at('endless.maskbench'))
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1000
        controller.enqueue(new Uint8Array(1000))
      },
    })
    const init = { method: 'POST', body, duplex: 'half' as const }
    expect(await ask(service, addressOf(project, 1), init)).toMatchObject({
      status: 400,
      error: { message: expect.stringContaining('longer than the 1560 bytes') },
    })
    expect(sent).toBeLessThan(10_000)
  })

  test('of a page that may only read are refused with 409', async () => {
    const { service, project } = await openPainted(bench.at('second.maskbench'))
    const path = bench.at('second.maskbench')
    const second = await openHeld(loadPage(service), path, 'page-two')
    expect(second.mode).toBe('read')
    expect(await post(service, addressOf(second.project, 1), dab(1))).toMatchObject({
      status: 409,
      error: { code: 'read-only' },
    })
    expect((await post(service, addressOf(project, 1), dab(1))).status).toBe(204)
    expect(await painted({ service, client: loadPage(service), project: second.project })).toEqual([
      1,
    ])
  })

  test('are shown through the recipe that is set after them', async () => {
    const opened = await openPainted(bench.at('recipe.maskbench'))
    const { service, client, project } = opened
    await post(service, addressOf(project, 1), dab(20))
    await client.call('recipe.set', { project, recipe: paintedRecipe(12) })
    expect(await painted(opened)).toEqual([8])
    await post(service, addressOf(project, 2), dab(0))
    await client.call('recipe.set', { project, recipe: paintedRecipe() })
    expect(await painted(opened)).toEqual([12, 20])
  })
})

describe.skipIf(!canMount)('a full disk', () => {
  let disk: SmallDisk | undefined
  afterEach(() => {
    disk?.remove()
    disk = undefined
  })

  test('refuses strokes, keeps those before, and takes them once there is room again', async () => {
    disk = mountSmallDisk(2)
    const opened = await openPainted(disk.path('full.maskbench'))
    const { service, project } = opened
    await post(service, addressOf(project, 0), dab(0))
    disk.fill()
    // Noise, so that it needs the room that a stroke can need.
    const { width, height } = paintedSize
    const noise = Uint8Array.from({ length: width * height }, (_, i) => ((i * i * 7 + i) >> 3) % 2)
    const large = packStroke({ mask: paintedSize, x: 0, y: 0, width, height, data: noise })
    let number = 1
    for (; number < 2000; number++) {
      const { status, error } = await post(service, addressOf(project, number), large)
      if (status === 204) continue
      expect({ status, error }).toMatchObject({ status: 500, error: { code: 'disk-full' } })
      break
    }
    expect(number).toBeLessThan(2000)
    expect((await painted(opened))?.length).toBeGreaterThan(0)
    rmSync(disk.path('filler'))
    expect((await post(service, addressOf(project, number), dab(1, 0))).status).toBe(204)
    expect(await painted(opened)).not.toContain(1)
    await service.close()
  })
})
