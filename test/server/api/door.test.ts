import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi } from '../../../src/server/api/openapi.ts'
import { type Served, serveWorkbench } from '../../../src/server/serve.ts'
import { freshDataFolder } from '../../fixtures/data-folder.ts'

let data: Awaited<ReturnType<typeof freshDataFolder>>
let folder: string
let served: Served
let origin: string
let token: string

beforeAll(async () => {
  data = await freshDataFolder()
  folder = await mkdtemp(join(tmpdir(), 'maskbench-api-'))
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  served = await serveWorkbench({ pageFolder: folder })
  origin = new URL(served.url).origin
  token = (await readFile(join(data.home, 'serve-token'), 'utf8')).trim()
})

afterAll(async () => {
  await served.close()
  await rm(folder, { recursive: true })
  await data.remove()
})

const describe_ = (headers: Record<string, string>, path = '/api/openapi.json') =>
  fetch(`${origin}${path}`, { headers })

describe('The door of the HTTP API', () => {
  const bearer = () => ({ authorization: `Bearer ${token}` })

  test('opens to the token in the header, and gives its description', async () => {
    const response = await describe_(bearer())
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'application/json',
    ])
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(openApi())))
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('opens neither to the cookie nor to an address with the token', async () => {
    const welcome = await fetch(served.url)
    const cookie = welcome.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    expect((await fetch(origin, { headers: { cookie } })).status).toBe(200)
    const refused = [
      await describe_({}),
      await describe_({ cookie }),
      await describe_({ authorization: 'Bearer wrong' }),
      await describe_({ authorization: `Basic ${token}` }),
      await describe_({}, `/api/openapi.json?token=${token}`),
      await describe_({}, `/nowhere/../api/openapi.json?token=${token}`),
    ]
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401))
    expect(refused[0]?.headers.get('www-authenticate')).toContain('Bearer')
    expect(await refused[0]?.json()).toMatchObject({
      error: { hint: expect.stringContaining('serve-token') },
    })
  })

  test('does not open the page to the token in the header', async () => {
    expect((await fetch(origin, { headers: bearer() })).status).toBe(403)
  })

  test('keeps out pages of other sites and other Hosts, whatever they know', async () => {
    expect((await describe_({ ...bearer(), origin: 'http://evil.example' })).status).toBe(403)
    expect((await describe_({ ...bearer(), 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    const { hostname, port } = new URL(origin)
    const status = await new Promise((resolve, reject) => {
      const headers = { host: 'evil.example', ...bearer() }
      request({ hostname, port, path: '/api/openapi.json', headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
    expect(status).toBe(403)
  })

  test('goes on when somebody hangs up in the middle of a picture', async () => {
    const { hostname, port } = new URL(origin)
    const headers = { ...bearer(), 'content-type': 'image/png', 'content-length': '1000000' }
    const leaver = request({ hostname, port, path: '/api/segment', method: 'POST', headers })
    const gone = new Promise((resolve) => leaver.once('error', resolve).once('close', resolve))
    await new Promise((resolve) => leaver.write(new Uint8Array(1000), resolve))
    leaver.destroy()
    await gone
    expect((await describe_(bearer())).status).toBe(200)
  })

  test('has nothing else, and says which methods there are', async () => {
    expect((await describe_(bearer(), '/api/')).status).toBe(404)
    expect((await describe_(bearer(), '/api/constructor')).status).toBe(404)
    const put = await fetch(`${origin}/api/openapi.json`, { method: 'PUT', headers: bearer() })
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET'])
  })
})
