/** @file A transport over a MessagePort, the wire between the page and the desktop shell. */
import { createInbox, type Transport } from './transport.ts'

/** Takes the port over: starts it, and closes it with the transport. */
export function portTransport(port: MessagePort): Transport {
  const inbox = createInbox(() => port.close())
  port.onmessage = (event: MessageEvent<unknown>) => inbox.deliver(event.data)
  return {
    send(message) {
      port.postMessage(message)
      if (message.t === 'closed') inbox.deliver(message)
    },
    onMessage: inbox.onMessage,
  }
}
