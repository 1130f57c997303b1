/** @file From an augmented picture to what the training graph takes: resized, and through what is frozen. */

import type { Size } from '../../../shared/recipe.ts'
import { type InputFiller, inputFiller } from '../../infer/input-tensor.ts'
import { openGraph, type Session } from '../../infer/session.ts'
import type { NodeCount } from '../../infer/types.ts'
import { onnxBytes } from '../../onnx/file.ts'
import { sizeOf, type Tensor } from '../../onnx/tensor.ts'
import type { StepGraphs } from '../graph/step-graphs.ts'
import type { TrainableNetwork } from '../graph/trainable-network.ts'
import { ignoredLabel, type TrainingSample } from '../types.ts'
import type { PreparedSample, SampleArray, SampleLayout } from './prepared-sample.ts'

export interface PreparerOptions {
  /** Of the recipe's pictures and masks. */
  size: Size
  /** Of the network's input. */
  input: Size
  device: string
  threads: number | null
}

/** Whoever opens it disposes of it. */
export class SamplePreparer implements AsyncDisposable {
  readonly #frozen: Session | null
  readonly #picture: Tensor
  readonly #pictureName: string
  readonly #filler: InputFiller
  readonly #layout: SampleLayout
  readonly #size: Size

  private constructor(
    frozen: Session | null,
    { picture, layout }: StepGraphs,
    { description }: TrainableNetwork,
    { size, input }: PreparerOptions,
  ) {
    const { name, type } = description.input
    const length = sizeOf(picture)
    const data = type === 'uint8' ? new Uint8Array(length) : new Float32Array(length)
    this.#frozen = frozen
    this.#picture = { type, shape: picture, data }
    this.#pictureName = name
    this.#filler = inputFiller(size, input, description.input)
    this.#layout = layout
    this.#size = size
  }

  /** Opens a session for what is frozen; throws what that throws. */
  static async open(
    graphs: StepGraphs,
    network: TrainableNetwork,
    options: PreparerOptions,
  ): Promise<SamplePreparer> {
    const { device, threads } = options
    const { frozen } = graphs
    const session =
      frozen &&
      (await openGraph(onnxBytes(frozen), {
        ...{ device, frugal: true, recorded: true },
        ...(threads && { threads }),
      }))
    return new SamplePreparer(session, graphs, network, options)
  }

  /** Ends the record of what ran where: nodes that the device left to the processor so far. */
  async fallback(): Promise<NodeCount[]> {
    return (await this.#frozen?.fallback()) ?? []
  }

  /** A sample of its own, which stays as it is. */
  async prepare({ picture, mask }: TrainingSample): Promise<PreparedSample> {
    const { data } = this.#picture
    if (!(data instanceof Float32Array || data instanceof Uint8Array)) throw new TypeError()
    this.#filler.fill(picture, data)
    const feeds = { [this.#pictureName]: this.#picture }
    const results = { ...feeds, ...(await this.#frozen?.run(feeds)) }
    const values = this.#layout.inputs.map(({ name }): SampleArray => {
      const found = results[name]?.data
      if (found instanceof Float32Array || found instanceof Uint8Array) return found.slice()
      throw new TypeError(`the frozen part does not give '${name}'`)
    })
    return { values, labels: this.#spread(mask) }
  }

  /** The labels, and around them what is ignored, where the picture does not fill the input. */
  #spread(mask: Uint8Array): Uint8Array {
    const [height, width] = this.#layout.labels
    const { width: from } = this.#size
    const labels = new Uint8Array(height * width).fill(ignoredLabel)
    if (width === from) labels.set(mask)
    else
      for (let row = 0; row * from < mask.length; row++)
        labels.set(mask.subarray(row * from, (row + 1) * from), row * width)
    return labels
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#frozen?.release()
  }
}
