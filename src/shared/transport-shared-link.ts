/**
 * @file Many transports over one link between two processes: the desktop shell has one engine and
 * a connection for every page.
 */
import { z } from 'zod'
import { type Channel, createInbox, type Inbox, type Transport } from './transport.ts'

const envelopeSchema = z.object({ connection: z.int().min(0), message: z.unknown() })

/** The first message of a connection opens it; `closed` ends it. */
export interface Envelope {
  connection: number
  message: unknown
}

/** Checks what came over a link. Throws a ZodError when it is no envelope. */
export function readEnvelope(raw: unknown): Envelope {
  return envelopeSchema.parse(raw)
}

/** A process on the other end. What arrives is not checked yet. */
export interface Link extends Channel<unknown> {
  send(envelope: Envelope): void
}

/** The engine's end: calls `onConnection` with a transport for each connection that opens. */
export function acceptConnections(link: Link, onConnection: (transport: Transport) => void): void {
  const open = new Map<number, Inbox>()
  const accept = (connection: number): Inbox => {
    const inbox = createInbox(() => open.delete(connection))
    open.set(connection, inbox)
    onConnection({
      send(message) {
        link.send({ connection, message })
        if (message.t === 'closed') inbox.deliver(message)
      },
      onMessage: inbox.onMessage,
    })
    return inbox
  }
  link.onMessage((raw) => {
    const { connection, message } = readEnvelope(raw)
    const inbox = open.get(connection) ?? accept(connection)
    inbox.deliver(message)
  })
}
