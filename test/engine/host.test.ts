import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engineEntry } from '../../src/engine/location.ts'
import { rememberProject } from '../../src/engine/projects/recent.ts'
import { type BytesCaller, createBytesCaller } from '../../src/shared/bytes-link.ts'
import { contract } from '../../src/shared/contract.ts'
import { laneOf } from '../../src/shared/lanes.ts'
import { type Client, connect } from '../../src/shared/rpc-connect.ts'
import { type Channel, createInbox, type Transport } from '../../src/shared/transport.ts'
import { readEnvelope } from '../../src/shared/transport-shared-link.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'

let remove: () => Promise<void>
let engine: ChildProcess

beforeEach(async () => {
  ;({ remove } = await freshDataFolder())
  engine = fork(engineEntry, { serialization: 'advanced' })
})

afterEach(async () => {
  engine.kill()
  await remove()
})

/** The link to the engine, as the shell has it. */
function link(): Channel<unknown> {
  return {
    send: (message) => engine.send(Object(message)),
    onMessage(listener) {
      engine.on('message', listener)
      return () => engine.off('message', listener)
    },
  }
}

/** A page's connection over that link. */
function page(connection: number): Client<typeof contract> {
  const inbox = createInbox(() => {})
  const pages = laneOf(link(), 'pages')
  pages.onMessage((raw) => {
    const envelope = readEnvelope(raw)
    if (envelope.connection === connection) inbox.deliver(envelope.message)
  })
  const transport: Transport = {
    send: (message) => pages.send({ connection, message }),
    onMessage: inbox.onMessage,
  }
  return connect(transport, contract)
}

function bytes(): BytesCaller {
  return createBytesCaller(laneOf(link(), 'bytes'))
}

describe('the engine in a process of its own', () => {
  it('serves several pages over one link, and tells all of them what changes', async () => {
    await rememberProject('/tapes/hall.maskbench')
    const [first, second] = [page(0), page(1)]
    expect(await first.call('app.info', {})).toMatchObject({ host: 'desktop' })
    expect(await second.call('projects.list', {})).toMatchObject([{ name: 'hall' }])
    const told = new Promise<void>((resolve) => second.on('projects.changed', () => resolve()))
    await first.call('projects.forget', { path: '/tapes/hall.maskbench' })
    await told
    expect(await second.call('projects.list', {})).toEqual([])
  })

  it('answers requests for bytes, and says what is wrong with one', async () => {
    const response = await bytes().ask(new Request('app://maskbench/bytes/nobody/tapes/1/times'))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ code: 'no-such-project-handle' })
  })

  it('closes and ends when the shell asks it to', async () => {
    await page(0).call('app.info', {})
    laneOf(link(), 'host').send({ t: 'close' })
    expect(await once(engine, 'exit')).toEqual([0, null])
  })

  it('ends with the shell that started it', async () => {
    await page(0).call('app.info', {})
    engine.disconnect()
    expect(await once(engine, 'exit')).toEqual([0, null])
  })
})
