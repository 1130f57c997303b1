/** @file A transport over a WebSocket, the wire between the page and a served engine. */
import { createInbox, type Transport } from './transport.ts'

/** What the browser's WebSocket and Node's share. */
export interface Socket {
  send(text: string): void
  close(): void
  addEventListener(name: 'message', listener: (event: { data: unknown }) => void): void
  addEventListener(name: 'close', listener: () => void): void
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return undefined
  try {
    return JSON.parse(data)
  } catch {
    // `undefined` is no message, and the inbox hangs up on it.
    return undefined
  }
}

/** Messages travel as JSON texts over an open socket. */
export function socketTransport(socket: Socket): Transport {
  const inbox = createInbox(() => socket.close())
  socket.addEventListener('message', (event) => inbox.deliver(parse(event.data)))
  socket.addEventListener('close', () => inbox.deliver({ t: 'closed' }))
  return {
    send(message) {
      if (message.t === 'closed') inbox.deliver(message)
      else socket.send(JSON.stringify(message))
    },
    onMessage: inbox.onMessage,
  }
}
