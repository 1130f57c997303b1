/** @file The serving side of a contract. */
import { z } from 'zod'
import { AppError } from './errors.ts'
import type { LongWork } from './progress.ts'
import { type Contract, type EventHub, type Handlers, toWireError } from './rpc.ts'
import type { Message, Transport } from './transport.ts'

type Call = Extract<Message, { t: 'call' }>

export interface Service<C extends Contract> {
  contract: C
  handlers: Handlers<C>
  events: EventHub<C>
}

async function perform<C extends Contract>(
  { contract, handlers }: Service<C>,
  { method, args }: Call,
  work: LongWork,
): Promise<unknown> {
  const schema = Object.hasOwn(contract.methods, method) ? contract.methods[method] : undefined
  const handler = Object.hasOwn(handlers, method) ? handlers[method] : undefined
  if (!schema || !handler)
    throw new AppError('bad-value', `the engine has no method '${method}'`, 'Reload the page.')
  const parsed = schema.args.safeParse(args)
  if (!parsed.success)
    throw new AppError('bad-value', `${method}: ${z.prettifyError(parsed.error)}`)
  // The handler's parameter type is inferred from the very schema that has just parsed it.
  return handler(parsed.data as never, work)
}

/** Answers the calls of one connection until it closes, which aborts what still runs. */
export function serve<C extends Contract>(transport: Transport, service: Service<C>): void {
  const running = new Map<number, AbortController>()

  const answer = async (call: Call): Promise<void> => {
    const { id } = call
    const controller = new AbortController()
    running.set(id, controller)
    try {
      const value = await perform(service, call, {
        signal: controller.signal,
        onProgress: (progress) => transport.send({ t: 'progress', id, value: progress }),
      })
      transport.send({ t: 'ok', id, value })
    } catch (error) {
      transport.send({ t: 'error', id, error: toWireError(error) })
    } finally {
      running.delete(id)
    }
  }

  const unsubscribe = service.events.subscribe((name, value) =>
    transport.send({ t: 'event', name, value }),
  )
  transport.onMessage((message) => {
    if (message.t === 'call') void answer(message)
    else if (message.t === 'cancel') running.get(message.id)?.abort()
    else if (message.t === 'closed') {
      unsubscribe()
      for (const controller of running.values()) controller.abort()
    }
  })
}
