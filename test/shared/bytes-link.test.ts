import { once } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import {
  type BytesCaller,
  type BytesHandler,
  createBytesCaller,
  serveBytes,
} from '../../src/shared/bytes-link.ts'
import { AppError } from '../../src/shared/errors.ts'
import { laneOf } from '../../src/shared/lanes.ts'
import type { Channel } from '../../src/shared/transport.ts'
import { rejection } from '../fixtures/caught.ts'

const address = 'app://maskbench/bytes/h/tapes/1/frames/0/picture?format=raw'

let close = (): void => {}
afterEach(() => close())

/** Both ends of a link whose messages are cloned as between processes. */
function link(): [Channel<unknown>, Channel<unknown>] {
  const { port1, port2 } = new MessageChannel()
  close = () => port1.close()
  const end = (port: typeof port1): Channel<unknown> => ({
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', listener)
      return () => port.off('message', listener)
    },
  })
  return [end(port1), end(port2)]
}

function callerOf(handle: BytesHandler): BytesCaller {
  const [shell, engine] = link()
  serveBytes(laneOf(engine, 'bytes'), handle)
  return createBytesCaller(laneOf(shell, 'bytes'))
}

describe('requests over a link', () => {
  it('bring address, method, headers and body there, and status, headers and body back', async () => {
    const caller = callerOf(async (request) => {
      const seen = [request.method, request.url, request.headers.get('x-a')].join(' ')
      const sent = new Uint8Array(await request.arrayBuffer())
      return new Response(
        sent.map((value) => 255 - value),
        { status: 203, headers: { seen } },
      )
    })
    const body = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256)
    const request = new Request(address, { method: 'POST', headers: { 'x-a': 'b' }, body })
    const response = await caller.ask(request)
    expect(response.status).toBe(203)
    expect(response.headers.get('seen')).toBe(`POST ${address} b`)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(body.map((value) => 255 - value))
  })

  it('carry the bytes of an answer alone, not the buffer that they lie in', async () => {
    const [shell, engine] = link()
    const sent: unknown[] = []
    shell.onMessage((message) => sent.push(message))
    serveBytes(laneOf(engine, 'bytes'), async () => {
      const all = new Uint8Array(1 << 20)
      return new Response(all.subarray(10, 13))
    })
    await createBytesCaller(laneOf(shell, 'bytes')).ask(new Request(address))
    const { body } = (sent[0] as { value: { body: Uint8Array } }).value
    expect([body.byteLength, body.buffer.byteLength]).toEqual([3, 3])
  })

  it('are answered each by its own, whatever the order', async () => {
    const release: (() => void)[] = []
    const caller = callerOf(async (request) => {
      await new Promise<void>((resolve) => release.push(resolve))
      return new Response(new URL(request.url).searchParams.get('n'))
    })
    const asked = ['0', '1', '2'].map((n) => caller.ask(new Request(`${address}&n=${n}`)))
    while (release.length < 3) await new Promise(setImmediate)
    for (const go of release.reverse()) go()
    const texts = (await Promise.all(asked)).map((response) => response.text())
    expect(await Promise.all(texts)).toEqual(['0', '1', '2'])
  })

  it.each([204, 404])('may be answered %i without a body', async (status) => {
    const response = await callerOf(async () => new Response(null, { status })).ask(
      new Request(address),
    )
    expect([response.status, await response.text()]).toEqual([status, ''])
  })

  it('tell the engine when they are cancelled', async () => {
    const page = new AbortController()
    const engine = new EventTarget()
    const stopped = once(engine, 'stopped')
    const started = once(engine, 'started')
    const caller = callerOf(async ({ signal }) => {
      signal.addEventListener('abort', () => engine.dispatchEvent(new Event('stopped')))
      engine.dispatchEvent(new Event('started'))
      await stopped
      return new Response('too late')
    })
    const asked = rejection(caller.ask(new Request(address), page.signal))
    await started
    page.abort()
    expect((await asked).code).toBe('cancelled')
    await stopped
  })

  it('fail with the reason as JSON when the engine cannot answer', async () => {
    const caller = callerOf(async () => {
      throw new AppError('no-such-frame', 'there is no frame 9', 'Look at another one.')
    })
    const response = await caller.ask(new Request(address))
    expect(response.status).toBe(500)
    expect(await response.json()).toMatchObject({ code: 'no-such-frame' })
  })

  it('fail when the engine ends before it answers', async () => {
    const caller = callerOf(() => new Promise(() => {}))
    const asked = rejection(caller.ask(new Request(address)))
    caller.end()
    expect((await asked).code).toBe('disconnected')
  })
})
