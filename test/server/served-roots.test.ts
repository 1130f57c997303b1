import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type Served, serveWorkbench } from '../../src/server/serve.ts'
import { contract, type Workbench } from '../../src/shared/contract.ts'
import { type Client, connect } from '../../src/shared/rpc-connect.ts'
import { socketTransport } from '../../src/shared/transport-socket.ts'
import { rejection } from '../fixtures/caught.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
let removeHome: () => Promise<void>
let served: Served
let client: Client<Workbench>

beforeAll(async () => {
  ;({ remove: removeHome } = await freshDataFolder())
  await mkdir(temporary('tapes', 'hall'), { recursive: true })
  await mkdir(temporary('private', 'secret.maskbench'), { recursive: true })
  await writeFile(temporary('index.html'), '<title>page</title>')
  await symlink(temporary('private'), temporary('tapes', 'link'))
  served = await serveWorkbench({ pageFolder: temporary(), roots: [temporary('tapes')] })
  const cookie = (await fetch(served.url)).headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const address = `${new URL(served.url).origin.replace('http', 'ws')}/rpc`
  const socket = new WebSocket(address, { headers: { cookie } })
  await new Promise((resolve) => socket.once('open', resolve))
  client = connect(socketTransport(socket), contract)
})

afterAll(async () => {
  client.close()
  await served.close()
  await removeHome()
})

describe('a workbench that is served with roots', () => {
  it('lists folders below them', async () => {
    const { entries } = await client.call('folders.list', { path: temporary('tapes') })
    expect(entries.map(({ name }) => name)).toContain('hall')
  })

  it.each([
    ['the folder above', () => temporary()],
    ['one beside it', () => temporary('private')],
    ['a way up', () => join(temporary('tapes'), '..', 'private')],
    ['a link that leads out', () => temporary('tapes', 'link')],
    ['what a link leads to', () => temporary('tapes', 'link', 'secret.maskbench')],
    ['the whole disk', () => '/'],
  ])('lists and opens nothing of %s', async (_, path) => {
    const listed = await rejection(client.call('folders.list', { path: path() }))
    const opened = await rejection(
      client.call('projects.open', { path: path(), page: 'p'.repeat(8) }),
    )
    expect([listed.code, opened.code]).toEqual(['outside-roots', 'outside-roots'])
  })

  it('makes no project elsewhere', async () => {
    const wish = { name: 'hall', folder: temporary('private') }
    expect((await rejection(client.call('projects.create', wish))).code).toBe('outside-roots')
  })
})
