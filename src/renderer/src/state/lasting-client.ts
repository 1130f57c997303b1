import type { Workbench } from '../../../shared/contract.ts'
import { AppError } from '../../../shared/errors.ts'
import type { LongWork } from '../../../shared/progress.ts'
import type { Args, EventName, EventValue, MethodName, Result } from '../../../shared/rpc.ts'
import type { Client } from '../../../shared/rpc-connect.ts'

export type EngineClient = Client<Workbench>

/** One subscription, which outlives the connections that it is attached to. */
interface Subscription {
  attach(connection: EngineClient): void
  detach(): void
}

/**
 * The engine as the page holds it, across connections: subscriptions go on with the next one. Calls
 * throw `disconnected` while there is none; what was under way when one broke does, too.
 */
export class LastingClient implements EngineClient {
  #connection: EngineClient | null = null
  readonly #subscriptions = new Set<Subscription>()
  readonly #closedListeners = new Set<() => void>()

  /** Goes on with a new connection. */
  adopt(connection: EngineClient): void {
    this.#connection = connection
    for (const subscription of this.#subscriptions) subscription.attach(connection)
  }

  /** Lets go of a connection that has closed. */
  release(): void {
    if (!this.#connection) return
    this.#connection = null
    for (const subscription of this.#subscriptions) subscription.detach()
    for (const listener of this.#closedListeners) listener()
  }

  async call<M extends MethodName<Workbench>>(
    method: M,
    args: Args<Workbench, M>,
    work?: LongWork,
  ): Promise<Result<Workbench, M>> {
    if (this.#connection) return this.#connection.call(method, args, work)
    const hint = 'Wait until the page has connected again.'
    throw new AppError('disconnected', 'there is no connection to the engine', hint)
  }

  on<E extends EventName<Workbench>>(
    name: E,
    listener: (value: EventValue<Workbench, E>) => void,
  ): () => void {
    let stop: (() => void) | null = null
    const subscription: Subscription = {
      attach(connection) {
        stop = connection.on(name, listener)
      },
      detach() {
        stop?.()
        stop = null
      },
    }
    this.#subscriptions.add(subscription)
    if (this.#connection) subscription.attach(this.#connection)
    return () => {
      subscription.detach()
      this.#subscriptions.delete(subscription)
    }
  }

  /** Tells of every loss of a connection. */
  onClosed(listener: () => void): () => void {
    this.#closedListeners.add(listener)
    return () => this.#closedListeners.delete(listener)
  }

  close(): void {
    this.#connection?.close()
  }
}
