/**
 * @file A thread that runs the network on pictures, one at a time, and scores its answers. ONNX
 * Runtime blocks its thread for a whole run, so that each thread has a session of its own.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { cancelled } from '../../shared/errors.ts'
import { toWireError } from '../../shared/rpc.ts'
import { type FrameScorer, openFrameScorer } from './frame-scorer.ts'
import type { FromThread, ThreadSetup, ToThread } from './thread-messages.ts'

type PictureMessage = Extract<ToThread, { t: 'picture' }>

/** Serves the thread that has started this one, until it says `close`. */
export async function serveNetwork(): Promise<void> {
  if (!parentPort) throw new Error('a network thread was started without a parent')
  // Typed where the thread is started, in network-threads.ts.
  const setup = workerData as ThreadSetup
  try {
    const { network, regions } = setup
    const background = setup.background && new Uint8Array(setup.background)
    const scorer = await openFrameScorer({ ...network, regions, background })
    new NetworkThread(parentPort, setup, scorer).serve()
  } catch (error) {
    parentPort.postMessage({ t: 'failed', error: toWireError(error) } satisfies FromThread)
  }
}

class NetworkThread {
  readonly #port: MessagePort
  readonly #scorer: FrameScorer
  readonly #pictures: Uint8Array[]
  readonly #stop: Int32Array
  /** Ends with the last message received so far: one picture at a time. */
  #tail: Promise<void> = Promise.resolve()

  constructor(port: MessagePort, { slots, stop }: ThreadSetup, scorer: FrameScorer) {
    this.#port = port
    this.#scorer = scorer
    this.#pictures = slots.map((slot) => new Uint8Array(slot))
    this.#stop = new Int32Array(stop)
  }

  serve(): void {
    this.#port.on('message', (message: ToThread) => {
      this.#tail = this.#tail.then(() =>
        message.t === 'close' ? this.#close() : this.#process(message),
      )
    })
    this.#say({ t: 'ready', device: this.#scorer.device })
  }

  async #process({ slot, position, frame }: PictureMessage): Promise<void> {
    try {
      if (Atomics.load(this.#stop, 0) !== 0) throw cancelled('inference')
      const picture = this.#pictures[slot]
      if (!picture) throw new Error(`there is no slot ${slot}`)
      const scored = await this.#scorer.score(picture)
      this.#say({ t: 'result', slot, result: { position, frame, ...scored } })
    } catch (error) {
      this.#say({ t: 'error', slot, error: toWireError(error) })
    }
  }

  async #close(): Promise<void> {
    await this.#scorer[Symbol.asyncDispose]()
    this.#port.close()
  }

  #say(message: FromThread): void {
    this.#port.postMessage(message)
  }
}
