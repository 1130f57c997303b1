/** @file The calling side of a contract. */
import { AppError, throwIfCancelled } from './errors.ts'
import type { LongWork } from './progress.ts'
import type { Args, Contract, EventName, EventValue, MethodName, Result } from './rpc.ts'
import { fromWireError } from './rpc.ts'
import type { Message, Transport } from './transport.ts'

export interface Client<C extends Contract> {
  /**
   * Calls a method. Throws what the method threw, `bad-value` when the answer does not fit the
   * contract and `disconnected` when the connection closes. An aborted signal asks the engine to
   * stop; the promise settles when it has.
   */
  call<M extends MethodName<C>>(method: M, args: Args<C, M>, work?: LongWork): Promise<Result<C, M>>
  /** Returns the function that ends the subscription, like `onClosed`. */
  on<E extends EventName<C>>(name: E, listener: (value: EventValue<C, E>) => void): () => void
  onClosed(listener: () => void): () => void
  close(): void
}

interface Pending {
  method: string
  resolve(value: unknown): void
  reject(error: Error): void
  work: LongWork
}

function disconnected(): AppError {
  return new AppError('disconnected', 'the connection to the engine is closed', 'Connect again.')
}

function subscribe<Listener>(set: Set<Listener>, listener: Listener): () => void {
  set.add(listener)
  return () => set.delete(listener)
}

/** Results and events are parsed as well: page and engine may be of different versions. */
class Connection<C extends Contract> implements Client<C> {
  readonly #transport: Transport
  readonly #contract: C
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<string, Set<(value: never) => void>>()
  readonly #closedListeners = new Set<() => void>()
  #open = true
  #nextId = 0

  constructor(transport: Transport, contract: C) {
    this.#transport = transport
    this.#contract = contract
    transport.onMessage((message) => this.#receive(message))
  }

  async call<M extends MethodName<C>>(
    method: M,
    args: Args<C, M>,
    work: LongWork = {},
  ): Promise<Result<C, M>> {
    throwIfCancelled(work.signal, method)
    if (!this.#open) throw disconnected()
    const id = this.#nextId++
    const onAbort = (): void => this.#transport.send({ t: 'cancel', id })
    const answer = new Promise<unknown>((resolve, reject) =>
      this.#pending.set(id, { method, resolve, reject, work }),
    )
    this.#transport.send({ t: 'call', id, method, args })
    work.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      // The type is inferred from the schema that has parsed the answer in `#settle`.
      return (await answer) as Result<C, M>
    } finally {
      work.signal?.removeEventListener('abort', onAbort)
    }
  }

  on<E extends EventName<C>>(name: E, listener: (value: EventValue<C, E>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, set)
    return subscribe(set, listener)
  }

  onClosed(listener: () => void): () => void {
    return subscribe(this.#closedListeners, listener)
  }

  close(): void {
    if (this.#open) this.#transport.send({ t: 'closed' })
  }

  #receive(message: Message): void {
    if (message.t === 'closed') this.#shutDown()
    else if (message.t === 'event') this.#announce(message.name, message.value)
    else if (message.t === 'progress')
      this.#pending.get(message.id)?.work.onProgress?.(message.value)
    else if (message.t === 'ok' || message.t === 'error') this.#settle(message)
  }

  #settle(answer: Extract<Message, { t: 'ok' | 'error' }>): void {
    const call = this.#pending.get(answer.id)
    if (!call) return
    this.#pending.delete(answer.id)
    if (answer.t === 'error') {
      call.reject(fromWireError(answer.error))
      return
    }
    const parsed = this.#contract.methods[call.method]?.result.safeParse(answer.value)
    if (parsed?.success) {
      call.resolve(parsed.data)
      return
    }
    const message = `the engine's answer to ${call.method} is not what this page expects`
    call.reject(new AppError('bad-value', message, 'Reload the page.', { cause: parsed?.error }))
  }

  #announce(name: string, raw: unknown): void {
    const parsed = this.#contract.events[name]?.safeParse(raw)
    if (!parsed?.success) return
    // A listener's parameter type is inferred from the schema that has just parsed the value.
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed.data as never)
  }

  #shutDown(): void {
    this.#open = false
    for (const call of this.#pending.values()) call.reject(disconnected())
    this.#pending.clear()
    for (const listener of this.#closedListeners) listener()
  }
}

/** Opens the calling side on a transport. */
export function connect<C extends Contract>(transport: Transport, contract: C): Client<C> {
  return new Connection(transport, contract)
}
