import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { engineEntry } from '../../src/engine/location.ts'
import { rememberProject } from '../../src/engine/projects/recent.ts'
import { contract } from '../../src/shared/contract.ts'
import { type Client, connect } from '../../src/shared/rpc-connect.ts'
import { createInbox, type Transport } from '../../src/shared/transport.ts'
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

/** A page's connection over the link to the engine, as the shell makes it. */
function page(connection: number): Client<typeof contract> {
  const inbox = createInbox(() => {})
  engine.on('message', (raw) => {
    const envelope = readEnvelope(raw)
    if (envelope.connection === connection) inbox.deliver(envelope.message)
  })
  const transport: Transport = {
    send: (message) => engine.send({ connection, message }),
    onMessage: inbox.onMessage,
  }
  return connect(transport, contract)
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

  it('ends with the shell that started it', async () => {
    await page(0).call('app.info', {})
    engine.disconnect()
    expect(await once(engine, 'exit')).toEqual([0, null])
  })
})
