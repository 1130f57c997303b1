/** @file One picture at a time through the network that was used last, which stays open for a while. */

import type { NetworkOptions } from './network.ts'
import { ThreadHandle } from './thread-handle.ts'
import type { ProbabilityMap } from './types.ts'

/** A network that nobody has asked for so long is closed: it holds hundreds of megabytes. */
const idleMs = 60_000

interface OpenNetwork {
  key: string
  thread: ThreadHandle
  /** The place for the picture. */
  picture: Uint8Array
}

export interface Prediction {
  map: ProbabilityMap
  /** The device that ran the network. */
  device: string
}

export class Predictor {
  #network: OpenNetwork | null = null
  /** The prediction under way: there is one place for a picture. */
  #turn: Promise<unknown> = Promise.resolve()
  #idleTimer: NodeJS.Timeout | undefined

  /**
   * The person probability of a picture, `[height, width, 3]`.
   * @param modelHash tells apart networks that have lain in one folder
   * @throws AppError what opening and running the network throw
   */
  predict(picture: Uint8Array, network: NetworkOptions, modelHash: string): Promise<Prediction> {
    const prediction = this.#turn.then(() => this.#predict(picture, network, modelHash))
    this.#turn = prediction.catch(() => {})
    return prediction
  }

  async #predict(picture: Uint8Array, network: NetworkOptions, modelHash: string) {
    clearTimeout(this.#idleTimer)
    try {
      const open = await this.#open(network, `${modelHash} ${JSON.stringify(network)}`)
      open.picture.set(picture)
      const { map } = await open.thread.run(0, 0, 0)
      return { map, device: await open.thread.device }
    } finally {
      this.#idleTimer = setTimeout(() => void this.#closeInTurn(), idleMs).unref()
    }
  }

  async #open(network: NetworkOptions, key: string): Promise<OpenNetwork> {
    if (this.#network?.key === key) return this.#network
    await this.#close()
    const slot = new SharedArrayBuffer(3 * network.size.width * network.size.height)
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const thread = new ThreadHandle({ network, regions: [], slots: [slot], stop })
    try {
      await thread.device
    } catch (error) {
      await thread.close()
      throw error
    }
    this.#network = { key, thread, picture: new Uint8Array(slot) }
    return this.#network
  }

  #closeInTurn(): Promise<void> {
    const closing = this.#turn.then(() => this.#close())
    this.#turn = closing
    return closing
  }

  async #close(): Promise<void> {
    const network = this.#network
    this.#network = null
    await network?.thread.close()
  }
}
