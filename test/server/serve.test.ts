import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Served, serveWorkbench } from '../../src/server/serve.ts'
import { contract } from '../../src/shared/contract.ts'
import { connect } from '../../src/shared/rpc-connect.ts'
import { socketTransport } from '../../src/shared/transport-socket.ts'
import { rejection } from '../fixtures/caught.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'

let home: string
let removeHome: () => Promise<void>
let folder: string
let served: Served
let origin: string
let cookie: string

beforeAll(async () => {
  ;({ home, remove: removeHome } = await freshDataFolder())
  folder = await mkdtemp(join(tmpdir(), 'maskbench-serve-'))
  await writeFile(join(folder, 'index.html'), '<title>page</title>')
  served = await serveWorkbench({ pageFolder: folder })
  origin = new URL(served.url).origin
  const welcome = await fetch(served.url)
  cookie = welcome.headers.getSetCookie()[0]?.split(';')[0] ?? ''
})

afterAll(async () => {
  await served.close()
  await rm(folder, { recursive: true })
  await removeHome()
})

function socketTo(path: string, headers: Record<string, string>): Promise<WebSocket> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

/** The status of a request exactly as written: `fetch` would normalise path and Host. */
function rawStatus(path: string, host: string): Promise<number | undefined> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, headers: { host, cookie } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}

describe('a served workbench', () => {
  it('answers the address with the token by a cookie that scripts and other sites lack', async () => {
    const welcome = await fetch(served.url)
    expect(welcome.headers.getSetCookie()[0]).toMatch(
      new RegExp(
        `^maskbench-${new URL(origin).port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`,
      ),
    )
    expect(await welcome.text()).toContain('content="0;url=/"')
  })

  it('shows the page to who has the cookie, with the policy that keeps it harmless', async () => {
    const page = await fetch(origin, { headers: { cookie } })
    expect(await page.text()).toBe('<title>page</title>')
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('shows nothing without the cookie, and says where the key is', async () => {
    const refusal = await fetch(origin)
    expect(refusal.status).toBe(403)
    expect(await refusal.text()).toContain('maskbench serve')
  })

  it('refuses another Host and a path that leads out of the page', async () => {
    const { host } = new URL(origin)
    expect(await rawStatus('/', host)).toBe(200)
    expect(await rawStatus('/', 'evil.example')).toBe(403)
    expect(await rawStatus('/../../../etc/passwd', host)).toBe(404)
    expect(await rawStatus('/..%2f..%2f..%2fetc/passwd', host)).toBe(404)
  })

  it('answers requests for bytes to who has the cookie, and keeps them out of caches', async () => {
    const answer = await fetch(`${origin}/bytes/nobody/tapes/1/times`, { headers: { cookie } })
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'no-such-project-handle' })
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect((await fetch(`${origin}/bytes/nobody/tapes/1/times`)).status).toBe(403)
  })

  it.each([
    '/bytes/../../../etc/passwd',
    '/bytes/..%2f..%2f..%2fetc/passwd',
    '/bytes/nobody/tapes/..%2f..%2f1/times',
    '/bytes/nobody/tapes/1/frames/0/..%2f..%2fproject.db',
    '/bytes/',
    '/bytes/%E0%A4%A/tapes/1/times',
  ])('has nothing at %s', async (path) => {
    expect([400, 404]).toContain(await rawStatus(path, new URL(origin).host))
  })

  it('refuses bytes to another Host, another site and another method', async () => {
    expect(await rawStatus('/bytes/nobody/tapes/1/times', 'evil.example')).toBe(403)
    const from = (headers: Record<string, string>, method = 'POST') =>
      fetch(`${origin}/bytes/nobody/tapes/1/frames/0/strokes?session=s&number=1`, {
        ...{ method, headers: { cookie, ...headers } },
        body: 'stroke',
      }).then(({ status }) => status)
    expect(await from({ origin: 'http://evil.example' })).toBe(403)
    expect(await from({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await from({ origin })).toBe(404)
    expect(await from({ origin }, 'PUT')).toBe(405)
  })

  it('takes no body without a length, nor one that is far too long', async () => {
    const { hostname, port } = new URL(origin)
    const post = (headers: Record<string, string>): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        const sent = request({ hostname, port, path: '/bytes/x', method: 'POST' }, (response) => {
          resolve(response.statusCode)
          sent.destroy()
        })
        for (const [name, value] of Object.entries({ cookie, ...headers }))
          sent.setHeader(name, value)
        sent.on('error', reject).flushHeaders()
      })
    expect(await post({ 'transfer-encoding': 'chunked' })).toBe(413)
    expect(await post({ 'content-length': String(2 ** 40) })).toBe(413)
  })

  it('changes nothing by plain requests', async () => {
    const answer = await fetch(origin, { method: 'POST', headers: { cookie }, body: '{}' })
    expect(answer.status).toBe(405)
  })

  it('answers calls over a WebSocket', async () => {
    const socket = await socketTo('/rpc', { cookie, origin })
    const client = connect(socketTransport(socket), contract)
    expect(await client.call('app.info', {})).toMatchObject({ host: 'browser' })
    client.close()
  })

  it('hangs up on a socket that sends no messages of ours', async () => {
    const socket = await socketTo('/rpc', { cookie })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.send('hello')
    await closed
  })

  it.each([
    ['without the cookie', '/rpc', () => ({})],
    ['from a page of another site', '/rpc', () => ({ cookie, origin: 'http://evil.example' })],
    ['under another Host', '/rpc', () => ({ cookie, host: 'evil.example' })],
    ['on another path', '/', () => ({ cookie })],
  ])('refuses a WebSocket %s', async (_, path, headers) => {
    await expect(socketTo(path, headers())).rejects.toThrow('403')
  })

  it('lets one browser in by a one-time address', async () => {
    const url = served.oneTimeUrl()
    expect([(await fetch(url)).status, (await fetch(url)).status]).toEqual([200, 403])
  })

  it('keeps its token in a file of its user alone, so that pages outlast a restart', async () => {
    const file = join(home, 'serve-token')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(served.url).toContain((await readFile(file, 'utf8')).trim())
    const again = await serveWorkbench({ pageFolder: folder })
    await again.close()
    expect(new URL(again.url).search).toBe(new URL(served.url).search)
  })

  it.each([
    ['others could read', (file: string) => chmod(file, 0o644)],
    ['is damaged', (file: string) => writeFile(file, 'short', { mode: 0o600 })],
    [
      'is a link',
      async (file: string) => {
        await rm(file)
        await symlink(join(folder, 'index.html'), file)
      },
    ],
  ])('makes a new token in the place of one that %s', async (_, spoil) => {
    const file = join(home, 'serve-token')
    const before = await readFile(file, 'utf8')
    await spoil(file)
    await (await serveWorkbench({ pageFolder: folder })).close()
    expect(await readFile(file, 'utf8')).toMatch(/^[\w-]{43}\n$/)
    expect(await readFile(file, 'utf8')).not.toBe(before)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe('<title>page</title>')
  })

  it('can be stopped while a page is connected', async () => {
    const other = await serveWorkbench({ pageFolder: folder })
    const setCookie = (await fetch(other.url)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const socket = new WebSocket(`${new URL(other.url).origin.replace('http', 'ws')}/rpc`, {
      headers: { cookie: setCookie },
    })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await new Promise((resolve) => socket.once('open', resolve))
    await other.close()
    await closed
    await expect(fetch(other.url)).rejects.toThrow()
  })
})

describe('serving where it cannot be', () => {
  it('names the port that another program uses', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const { port } = other.address() as AddressInfo
    const error = await rejection(serveWorkbench({ port, pageFolder: folder }))
    expect(error.code).toBe('cannot-listen')
    expect(error.message).toBe(
      `cannot serve on 127.0.0.1 port ${port}: another program uses that port`,
    )
    other.close()
  })

  it('says how to get the page that was not built', async () => {
    const error = await rejection(serveWorkbench({ pageFolder: join(folder, 'absent') }))
    expect(error.code).toBe('no-such-file')
    expect(error.hint).toContain('npm run build')
  })
})
