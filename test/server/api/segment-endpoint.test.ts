import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { SegmentDesk } from '../../../src/engine/segment/segment-desk.ts'
import { createApiHandler } from '../../../src/server/api/api-handler.ts'
import { answerSchema, mostBytes } from '../../../src/server/api/messages.ts'
import { openApi } from '../../../src/server/api/openapi.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()

/** Red, which the tiny network takes for a person. */
const red = (width = 40, height = 24) =>
  sharp({ create: { width, height, channels: 3, background: '#ff0000' } })

type Part = RequestInit & { query?: string; duplex?: 'half' }

const documented: Record<string, { content?: object }> =
  openApi().paths['/api/segment'].post.responses

describe('POST /api/segment', () => {
  const shared = startCompute()
  /** They share a process, which is closed after the tests. */
  const deskWith = (mostWaiting: number) =>
    new SegmentDesk({
      ...{ startCompute: () => shared, mostWaiting, mostPixels: 10_000 },
      places: { dataFolder: temporary('home'), project: temporary('some.maskbench') },
    })
  let api: ReturnType<typeof createApiHandler>
  /** Statuses that some test here has seen. */
  const seen = new Set<string>()
  let png: Uint8Array<ArrayBuffer>

  function request(part: Part = {}): Request {
    const { query = '?model=tiny', headers, ...rest } = part
    return new Request(`http://localhost/api/segment${query}`, {
      ...{ method: 'POST', body: png, ...rest },
      headers: { 'content-type': 'image/png', ...headers },
    })
  }

  /** Sends a request and holds the answer against the description. */
  async function answer(part?: Part, handler = api) {
    const response = await handler(request(part))
    const status = String(response.status)
    const type = response.headers.get('content-type') ?? ''
    expect(Object.keys(documented[status]?.content ?? {})).toContain(type)
    seen.add(status)
    return response
  }

  beforeAll(async () => {
    api = createApiHandler(deskWith(8))
    const models = (id: string) => projectModelFolder(temporary('some.maskbench'), id)
    await tinyNetwork(models('tiny'), [0, 0, 0, 0])
    await tinyNetwork(models('damaged'), [0, 0, 0, 0], 'damaged')
    await writeFile(join(models('damaged'), 'model.onnx'), 'no network')
    png = new Uint8Array(await red().png().toBuffer())
  })
  afterAll(() => shared.close())

  test('answers with the mask as PNG, as large as the picture', async () => {
    const response = await answer({ headers: { accept: 'image/png' } })
    expect([response.status, response.headers.get('vary')]).toEqual([200, 'Accept'])
    const { width, height } = await sharp(await response.bytes()).metadata()
    expect([width, height]).toEqual([40, 24])
    const colours = await answer({ query: '?model=tiny&mode=colour' })
    const pixels = await sharp(await colours.bytes())
      .raw()
      .toBuffer()
    expect([...pixels.subarray(0, 3)]).toEqual([128, 0, 0])
  })

  test('answers with JSON as it is described, for who wants it', async () => {
    const response = await answer({ headers: { accept: 'image/png;q=0.2, application/json' } })
    const text: unknown = await response.json()
    const described = z.fromJSONSchema(openApi().components.schemas.Segmentation)
    expect(described.safeParse(text).error).toBeUndefined()
    const { classes, width, height, model, mask } = answerSchema.parse(text)
    expect({ model, width, height }).toEqual({ model: 'tiny', width: 40, height: 24 })
    expect(classes.map(({ name, pixels }) => [name, pixels])).toEqual([
      ...[
        ['background', 0],
        ['person', 40 * 24],
        ['chair', 0],
        ['dog', 0],
      ],
    ])
    expect((await sharp(Buffer.from(mask, 'base64')).metadata()).format).toBe('png')
  })

  test('sees JPEG, WebP and TIFF, and turns a picture as EXIF says', async () => {
    const kinds = { jpeg: red().jpeg(), webp: red().webp(), tiff: red().tiff() }
    for (const [kind, picture] of Object.entries(kinds)) {
      const body = new Uint8Array(await picture.withMetadata({ orientation: 6 }).toBuffer())
      const headers = { 'content-type': `image/${kind}`, accept: 'application/json' }
      const { width, height } = answerSchema.parse(await (await answer({ body, headers })).json())
      expect([kind, width, height]).toEqual([kind, 24, 40])
    }
  })

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
  const plain = { 'content-type': 'text/plain' }
  test.each<[number, string, string, Part]>([
    [400, 'bad-value', 'a body that is no picture', { body: 'no picture' }],
    [400, 'bad-value', 'no body', { body: null }],
    [400, 'bad-value', 'a parameter that there is not', { query: '?model=tiny&size=3' }],
    [400, 'bad-value', 'a parameter that is given twice', { query: '?model=tiny&model=tiny' }],
    [400, 'bad-value', 'a mode that there is not', { query: '?model=tiny&mode=splash' }],
    [404, 'no-such-model', 'a network that there is not', { query: '?model=nobody' }],
    [404, 'no-such-model', 'a path in place of a network', { query: '?model=/etc/passwd' }],
    [404, 'no-such-model', 'a way out of the project', { query: '?model=..%2F..%2Fx' }],
    [404, 'weights-missing', 'a network without weights', { query: '?model=fcn_resnet101' }],
    [405, 'usage', 'another method', { method: 'PUT' }],
    [406, 'usage', 'nothing that there is', { headers: { accept: 'text/html, image/png;q=0' } }],
    [415, 'unsupported-picture', 'another kind of body', { headers: plain }],
    [415, 'unsupported-picture', 'an SVG under the name of PNG', { body: svg }],
    [500, 'bad-model', 'a network that is damaged', { query: '?model=damaged' }],
  ])('answers %i (%s) to %s', async (status, code, _, part) => {
    const response = await answer(part)
    const text: unknown = await response.json()
    const described = z.fromJSONSchema(openApi().components.schemas.Failure)
    expect(described.safeParse(text).error).toBeUndefined()
    expect([response.status, text]).toMatchObject([status, { error: { code } }])
  })

  test('takes no more bytes and pixels than it says, whether they are announced or not', async () => {
    const announced = { headers: { 'content-length': String(mostBytes + 1) } }
    expect((await answer(announced)).status).toBe(413)
    const chunk = new Uint8Array(2 ** 20)
    let sent = 0
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(sent++ < 100 ? chunk : new Uint8Array(1)),
    })
    const endless: Part = { body, duplex: 'half' }
    expect((await answer(endless)).status).toBe(413)
    expect(sent * chunk.length).toBeLessThan(mostBytes + 4 * chunk.length)
    const large = new Uint8Array(await red(200, 51).png().toBuffer())
    expect((await answer({ body: large })).status).toBe(413)
  })

  test('says that too many wait, and when to come again', async () => {
    const narrow = deskWith(0)
    const handler = createApiHandler(narrow)
    const both = await Promise.all([answer({}, handler), answer({}, handler)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 429])
    const full = both.find(({ status }) => status === 429)
    expect(full?.headers.get('retry-after')).toBe('1')
    expect((await answer({}, handler)).status).toBe(200)
  })

  test('lets a caller leave, and the next one have the place', async () => {
    const narrow = deskWith(1)
    const leaver = new AbortController()
    const wish = { bytes: png, model: 'tiny', mode: 'mask' } as const
    const stays = narrow.segment(wish, new AbortController().signal)
    const leaves = narrow.segment(wish, leaver.signal)
    leaver.abort()
    expect((await rejection(leaves)).code).toBe('cancelled')
    expect((await stays).width).toBe(40)
    expect((await narrow.segment(wish, new AbortController().signal)).width).toBe(40)
  })

  test('is described with every status that it has, but for those of the door', () => {
    expect([...seen, '401', '403'].sort()).toEqual(Object.keys(documented).sort())
  })
})
