/** @file One of the threads that run the network, seen from the compute process's main thread. */
import { Worker } from 'node:worker_threads'
import { fromWireError } from '../../shared/rpc.ts'
import { computeEntry } from '../compute/compute-entry.ts'
import type { FromThread, ThreadSetup, ToThread } from './thread-messages.ts'
import type { FrameResult } from './types.ts'

/** One thread with its session; pictures wait in it in the order in which they came. */
export class ThreadHandle {
  /** What runs the network, once it is open. */
  readonly device: Promise<string>
  readonly #worker: Worker
  readonly #ready = Promise.withResolvers<string>()
  readonly #ended: Promise<void>
  readonly #pending = new Map<number, PromiseWithResolvers<FrameResult>>()

  constructor(setup: ThreadSetup) {
    this.device = this.#ready.promise
    // Whoever waits for several threads hears of the first failure alone.
    this.device.catch(() => {})
    this.#worker = new Worker(computeEntry(), { workerData: setup })
    this.#worker.on('message', (message: FromThread) => this.#receive(message))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#ended = new Promise((resolve) =>
      this.#worker.on('exit', () => {
        this.#fail(new Error('a thread that runs the network ended early'))
        resolve()
      }),
    )
  }

  /** Pictures that it has not finished. */
  get load(): number {
    return this.#pending.size
  }

  /** Scores the picture in a slot. The slot is free again when the promise is settled. */
  run(slot: number, position: number, frame: number): Promise<FrameResult> {
    const answer = Promise.withResolvers<FrameResult>()
    this.#pending.set(slot, answer)
    this.#say({ t: 'picture', slot, position, frame })
    return answer.promise
  }

  /** Ends the thread once it has finished the picture it works on. */
  async close(): Promise<void> {
    this.#say({ t: 'close' })
    await this.#ended
  }

  #say(message: ToThread): void {
    this.#worker.postMessage(message)
  }

  #receive(message: FromThread): void {
    if (message.t === 'ready') this.#ready.resolve(message.device)
    else if (message.t === 'failed') this.#ready.reject(fromWireError(message.error))
    else {
      const answer = this.#pending.get(message.slot)
      this.#pending.delete(message.slot)
      if (message.t === 'result') answer?.resolve(message.result)
      else answer?.reject(fromWireError(message.error))
    }
  }

  #fail(error: unknown): void {
    this.#ready.reject(error)
    for (const answer of this.#pending.values()) answer.reject(error)
    this.#pending.clear()
  }
}
