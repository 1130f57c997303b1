/** @file The wire between a page and the engine: plain messages, whatever carries them. */
import { z } from 'zod'
import type { JobProgress } from './progress.ts'

const idSchema = z.int().min(0)

const progressSchema: z.ZodType<JobProgress> = z.object({
  stage: z.string(),
  done: z.number(),
  total: z.number(),
  unit: z.string(),
  rate: z.number(),
  etaSeconds: z.number(),
})

const wireErrorSchema = z.object({ code: z.string(), message: z.string(), hint: z.string() })

export const messageSchema = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id: idSchema, method: z.string(), args: z.unknown() }),
  z.object({ t: z.literal('cancel'), id: idSchema }),
  z.object({ t: z.literal('progress'), id: idSchema, value: progressSchema }),
  z.object({ t: z.literal('ok'), id: idSchema, value: z.unknown() }),
  z.object({ t: z.literal('error'), id: idSchema, error: wireErrorSchema }),
  z.object({ t: z.literal('event'), name: z.string(), value: z.unknown() }),
  /** The last message. Sending it closes the wire; an adapter makes it when the wire breaks. */
  z.object({ t: z.literal('closed') }),
])

export type Message = z.infer<typeof messageSchema>
export type WireError = z.infer<typeof wireErrorSchema>

/** One end of a wire. Messages are plain data and arrive in order. */
export interface Channel<M> {
  send(message: M): void
  /** Returns the function that ends the subscription. */
  onMessage(listener: (message: M) => void): () => void
}

export type Transport = Channel<Message>

/** The receiving half that every adapter shares. */
export interface Inbox {
  onMessage: Transport['onMessage']
  /** Hands on what arrived. Whatever is no message ends the wire: the other side is not ours. */
  deliver(raw: unknown): void
}

/** `hangUp` closes the wire itself; it is called once, by either side's `closed` or a bad message. */
export function createInbox(hangUp: () => void): Inbox {
  const listeners = new Set<(message: Message) => void>()
  let open = true
  return {
    onMessage(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    deliver(raw) {
      if (!open) return
      const parsed = messageSchema.safeParse(raw)
      const message: Message = parsed.success ? parsed.data : { t: 'closed' }
      if (message.t === 'closed') {
        open = false
        hangUp()
      }
      for (const listener of [...listeners]) listener(message)
    },
  }
}

/** Two transports joined in memory. Messages are cloned, as between processes, and arrive later. */
export function memoryPair(): [Transport, Transport] {
  const inboxes = [createInbox(() => {}), createInbox(() => {})] as const
  const end = (own: Inbox, other: Inbox): Transport => ({
    send(message) {
      const copy: unknown = structuredClone(message)
      queueMicrotask(() => other.deliver(copy))
      if (message.t === 'closed') queueMicrotask(() => own.deliver(copy))
    },
    onMessage: own.onMessage,
  })
  return [end(inboxes[0], inboxes[1]), end(inboxes[1], inboxes[0])]
}
