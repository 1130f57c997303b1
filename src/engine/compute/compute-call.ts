/** @file One call of a task, seen from the engine: its data in order, its cancellation, its end. */
import { cancelled, throwIfCancelled } from '../../shared/errors.ts'
import { fromWireError } from '../../shared/rpc.ts'
import type { FromCompute, TaskWork, ToCompute } from './types.ts'

/** A cancelled task that has not ended after this long is ended with its process, unless it says. */
const usualPatienceMs = 2000

export interface CallOptions {
  id: number
  task: string
  work: TaskWork<unknown>
  send(message: ToCompute): void
  kill(): void
}

export class ComputeCall {
  readonly task: string
  readonly #options: CallOptions
  readonly #settled = Promise.withResolvers<unknown>()
  /** Ends when the data received so far has been dealt with. */
  #tail = Promise.resolve()
  /** What `onData` threw. */
  #failure: unknown
  #answered = false
  #killTimer: NodeJS.Timeout | undefined

  constructor(options: CallOptions) {
    this.task = options.task
    this.#options = options
  }

  /** Starts the task and resolves with its result. */
  async run(args: unknown): Promise<unknown> {
    const { id, task, work, send } = this.#options
    throwIfCancelled(work.signal, task)
    const onAbort = (): void => this.#cancel()
    work.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      send({ t: 'start', id, task, args })
      return await this.#settled.promise
    } finally {
      work.signal?.removeEventListener('abort', onAbort)
      clearTimeout(this.#killTimer)
    }
  }

  /** Takes what the process says about this call. */
  receive(message: Exclude<FromCompute, { t: 'ready' }>): void {
    const { work } = this.#options
    if (message.t === 'progress') work.onProgress?.(message.value)
    else if (message.t === 'data') this.#tail = this.#tail.then(() => this.#take(message.value))
    else {
      this.#answered = true
      clearTimeout(this.#killTimer)
      void this.#tail.then(() => this.#settle(message))
    }
  }

  /** The process has ended, for the reason given. A cancelled task is cancelled, nothing worse. */
  abandon(reason: Error): void {
    if (this.#answered) return
    const { signal } = this.#options.work
    this.#settled.reject(this.#failure ?? (signal?.aborted ? cancelled(this.task) : reason))
  }

  async #take(value: unknown): Promise<void> {
    const { id, work, send } = this.#options
    if (this.#failure !== undefined) return
    try {
      await work.onData?.(value)
      send({ t: 'taken', id })
    } catch (error) {
      this.#failure = error
      this.#cancel()
    }
  }

  #settle(message: Extract<FromCompute, { t: 'ok' | 'error' }>): void {
    if (this.#failure !== undefined) this.#settled.reject(this.#failure)
    else if (message.t === 'ok') this.#settled.resolve(message.value)
    else this.#settled.reject(fromWireError(message.error))
  }

  #cancel(): void {
    const { id, send, kill, work } = this.#options
    send({ t: 'cancel', id })
    this.#killTimer ??= setTimeout(kill, work.patienceMs ?? usualPatienceMs)
  }
}
