/** @file What the network makes of one frame while it is being trained. */
import type { Network } from '../../infer/network.ts'
import type { TrainableNetwork } from '../graph/trainable-network.ts'
import { pixelProbability, probabilityBytes } from '../pixel-probability.ts'
import { readPictures } from '../samples/read-pictures.ts'
import { scoreFrame } from '../score-frames.ts'
import type { TrainingWork } from '../session/training-work.ts'
import type { FrameLook, PreviewRequest, TrainRequest } from '../types.ts'
import { openLiveNetwork } from './live-network.ts'
import { PreviewClock } from './preview-clock.ts'

interface PreviewOptions {
  request: TrainRequest
  network: TrainableNetwork
  work: TrainingWork
  /** Of the whole training. */
  iterations: number
}

interface Open {
  network: Network
  picture: Uint8Array
  probabilityOf: (answer: Float32Array) => Float64Array
}

/** Whoever opens it disposes of it. */
export class LivePreview implements AsyncDisposable {
  readonly #options: PreviewOptions
  readonly #wanted: PreviewRequest
  readonly #clock: PreviewClock
  #open: Open | null = null
  #hasFailed = false

  constructor(options: PreviewOptions, wanted: PreviewRequest) {
    const { iterations } = options
    this.#options = options
    this.#wanted = wanted
    this.#clock = new PreviewClock({ everySeconds: wanted.everySeconds, iterations })
  }

  /** What the network as it is after an iteration makes of the frame; null where it is not its time. */
  async after(iteration: number): Promise<FrameLook | null> {
    if (this.#hasFailed || !this.#clock.isDue(iteration)) return null
    try {
      return await this.#clock.time(iteration, () => this.#look())
    } catch {
      // Nobody's training ends because it cannot be watched, as for lack of memory.
      this.#hasFailed = true
      return null
    }
  }

  async #look(): Promise<FrameLook> {
    this.#open ??= await this.#prepare()
    const { network, picture, probabilityOf } = this.#open
    const found = probabilityOf(await network.run(picture))
    const { frame } = this.#wanted
    const score = scoreFrame(found, frame, this.#options.request.classes)
    return { source: frame.source, frame: frame.frame, probability: probabilityBytes(found), score }
  }

  async #prepare(): Promise<Open> {
    const { request, network: trained, work } = this.#options
    const { tapes, size } = request
    const [picture = new Uint8Array()] = await readPictures(tapes, [this.#wanted.frame], size)
    const { weights, device } = work
    const network = await openLiveNetwork({ network: trained, weights }, request, device)
    return { network, picture, probabilityOf: pixelProbability(network.shape, network.cover, size) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.network[Symbol.asyncDispose]()
  }
}

/** Null where nothing is to be looked at. */
export function openPreview(options: PreviewOptions): LivePreview | null {
  const { preview } = options.request
  return preview ? new LivePreview(options, preview) : null
}
