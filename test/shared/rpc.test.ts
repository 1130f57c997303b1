import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JobProgress } from '../../src/shared/progress.ts'
import { type Client, connect } from '../../src/shared/rpc-connect.ts'
import { serve } from '../../src/shared/rpc-serve.ts'
import { memoryPair, type Transport } from '../../src/shared/transport.ts'
import { portTransport } from '../../src/shared/transport-port.ts'
import { acceptConnections, type Envelope } from '../../src/shared/transport-shared-link.ts'
import { rejection } from '../fixtures/caught.ts'
import { type Counter, counterContract, createCounter } from '../fixtures/counter-contract.ts'

function portPair(): [Transport, Transport] {
  const { port1, port2 } = new MessageChannel()
  return [portTransport(port1), portTransport(port2)]
}

/** A page's transport through a link that a second page shares. */
function sharedLinkPair(): [Transport, Transport] {
  const toEngine = new Set<(raw: unknown) => void>()
  const [pageEnd, shellEnd] = memoryPair()
  const accepted = Promise.withResolvers<Transport>()
  let transport: Transport | undefined
  acceptConnections(
    {
      send: ({ connection, message }: Envelope) => {
        if (connection === 7) shellEnd.send(message as never)
      },
      onMessage(listener) {
        toEngine.add(listener)
        return () => toEngine.delete(listener)
      },
    },
    (opened) => {
      transport ??= opened
      accepted.resolve(opened)
    },
  )
  const post = (envelope: Envelope): void => {
    for (const listener of toEngine) listener(structuredClone(envelope))
  }
  shellEnd.onMessage((message) => post({ connection: 7, message }))
  post({ connection: 7, message: { t: 'cancel', id: 0 } })
  if (!transport) throw new Error('the first message did not open the connection')
  return [pageEnd, transport]
}

const wires: Record<string, () => [Transport, Transport]> = {
  'in memory': memoryPair,
  'over a MessagePort': portPair,
  'over a link that connections share': sharedLinkPair,
}

describe.each(Object.entries(wires))('calls %s', (_, pair) => {
  let counter: Counter
  let client: Client<typeof counterContract>
  let ends: [Transport, Transport]

  beforeEach(() => {
    counter = createCounter()
    ends = pair()
    client = connect(ends[0], counterContract)
    serve(ends[1], counter)
  })
  afterEach(() => client.close())

  it('bring back the result, with defaults filled in', async () => {
    expect(await client.call('add', { by: 41 })).toBe(41)
    expect(await client.call('add', {})).toBe(42)
  })

  it('throw the error that the method threw', async () => {
    const error = await rejection(client.call('fail', {}))
    expect(error.toJSON()).toEqual({
      code: 'disk-full',
      message: 'the disk is full',
      hint: 'Free some space.',
    })
  })

  it('report progress that never falls and ends at its total', async () => {
    const reports: JobProgress[] = []
    await client.call('countTo', { total: 1000 }, { onProgress: (report) => reports.push(report) })
    const done = reports.map((report) => report.done)
    expect(done).toEqual(done.toSorted((a, b) => a - b))
    expect(reports.at(-1)).toMatchObject({ stage: 'count', done: 1000, total: 1000 })
  })

  it('stop in the engine when their signal is aborted', async () => {
    const controller = new AbortController()
    const failure = rejection(client.call('waitForever', {}, { signal: controller.signal }))
    controller.abort()
    expect((await failure).code).toBe('cancelled')
    await counter.aborted
  })

  it('are not even sent when their signal is aborted before', async () => {
    const signal = AbortSignal.abort()
    expect((await rejection(client.call('add', {}, { signal }))).code).toBe('cancelled')
    expect(await client.call('add', {})).toBe(1)
  })

  it('are aborted in the engine and fail in the page when the page closes the wire', async () => {
    const failure = rejection(client.call('waitForever', {}))
    client.close()
    expect((await failure).code).toBe('disconnected')
    await counter.aborted
    expect((await rejection(client.call('add', {}))).code).toBe('disconnected')
  })

  it('fail in the page when the engine closes the wire', async () => {
    const closed = new Promise<void>((resolve) => client.onClosed(resolve))
    const failure = rejection(client.call('waitForever', {}))
    ends[1].send({ t: 'closed' })
    expect((await failure).code).toBe('disconnected')
    await closed
  })

  it('announce events to those who listen, until they stop', async () => {
    const seen: number[] = []
    const stop = client.on('changed', (count) => seen.push(count))
    await client.call('add', {})
    stop()
    await client.call('add', {})
    expect(seen).toEqual([1])
  })
})

describe('a side that does not keep to the contract', () => {
  it('is told which argument is wrong', async () => {
    const [page, engine] = memoryPair()
    serve(engine, createCounter())
    const answer = new Promise((resolve) => page.onMessage(resolve))
    page.send({ t: 'call', id: 3, method: 'add', args: { by: 'one' } })
    expect(await answer).toMatchObject({ t: 'error', id: 3, error: { code: 'bad-value' } })
    expect(JSON.stringify(await answer)).toContain('expected number')
  })

  it.each(['subtract', 'constructor', '__proto__'])(
    'gets an error for the method %s, which is not in it',
    async (method) => {
      const [page, engine] = memoryPair()
      serve(engine, createCounter())
      const answer = new Promise((resolve) => page.onMessage(resolve))
      page.send({ t: 'call', id: 0, method, args: {} })
      expect(await answer).toMatchObject({ t: 'error', error: { code: 'bad-value' } })
    },
  )

  it('has its answers refused when they do not fit', async () => {
    const [page, engine] = memoryPair()
    serve(engine, createCounter())
    const client = connect(page, counterContract)
    const error = await rejection(client.call('brokenPromise', {}))
    expect(error.code).toBe('bad-value')
    expect(error.hint).toContain('Reload')
  })

  it('is hung up on when it sends something that is no message', async () => {
    const { port1, port2 } = new MessageChannel()
    const transport = portTransport(port1)
    const closed = new Promise((resolve) => transport.onMessage(resolve))
    port2.postMessage({ t: 'shout', text: 'hello' })
    expect(await closed).toEqual({ t: 'closed' })
  })
})
