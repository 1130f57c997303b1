/** @file A network as it is now on the validation pictures: its loss, and how its classes agree. */
import { throwIfCancelled } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { type InputFiller, inputFiller } from '../infer/input-tensor.ts'
import { openGraph, type Session, type Tensors } from '../infer/session.ts'
import { pixelCounts } from '../metrics/confusion.ts'
import { pixelScores } from '../metrics/pixel-scores.ts'
import { onnxBytes } from '../onnx/file.ts'
import { floatTensor, type Tensor } from '../onnx/tensor.ts'
import type { TrainableNetwork } from '../train/graph/trainable-network.ts'
import { labelsName } from '../train/graph/training-graph.ts'
import type { LossOptions } from '../train/losses.ts'
import type { SizedSample } from './picture-source.ts'
import type { EpochResult } from './types.ts'
import { validationGraph, validationOutputs } from './validation-graph.ts'

export type ValidationScores = Omit<
  EpochResult,
  'epoch' | 'trainLoss' | 'learningRate' | 'seconds' | 'validationSeconds'
>

export interface ValidatorOptions extends Size {
  loss: LossOptions
  /** What training changes, by name; read where it lies. */
  weights: ReadonlyMap<string, Float32Array>
  device: string
  threads: number | null
  /** Number of classes. */
  classes: number
}

/** Whoever opens it disposes of it. */
export class Validator implements AsyncDisposable {
  readonly #session: Session
  readonly #feeds: Record<string, Tensor>
  readonly #picture: Float32Array | Uint8Array
  readonly #labels: Int32Array
  readonly #filler: InputFiller
  readonly #classes: number[]

  private constructor(session: Session, network: TrainableNetwork, options: ValidatorOptions) {
    const { input } = network.description
    const { width, height, weights, classes } = options
    const pixels = width * height
    this.#session = session
    this.#picture =
      input.type === 'uint8' ? new Uint8Array(3 * pixels) : new Float32Array(3 * pixels)
    this.#labels = new Int32Array(pixels)
    this.#filler = inputFiller({ width, height }, { width, height }, input)
    this.#classes = Array.from({ length: classes }, (_, index) => index)
    const shape = input.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3]
    const taken = new Set(session.inputs.map(({ name }) => name))
    const fed = [...weights].filter(([name]) => taken.has(name))
    this.#feeds = {
      ...Object.fromEntries(fed.map(([name, data]) => [name, weightTensor(network, name, data)])),
      [input.name]: { type: input.type, shape, data: this.#picture },
      [labelsName]: { type: 'int32', shape: [1, height, width], data: this.#labels },
    }
  }

  /** Throws what building the graph and opening its session throw. */
  static async open(network: TrainableNetwork, options: ValidatorOptions): Promise<Validator> {
    const { loss, weights, device, threads } = options
    const graph = validationGraph(network, options, loss, weights.keys())
    const session = await openGraph(onnxBytes(graph), {
      ...{ device, frugal: true },
      ...(threads !== null && { threads }),
    })
    return new Validator(session, network, options)
  }

  /**
   * Mean loss over the pictures, and scores over all their pixels that are not ignored.
   * Throws `cancelled`.
   */
  async score(
    samples: AsyncIterable<SizedSample> | Iterable<SizedSample>,
    signal?: AbortSignal,
  ): Promise<ValidationScores> {
    const counts = pixelCounts()
    let [loss, pictures] = [0, 0]
    for await (const { picture, mask } of samples) {
      throwIfCancelled(signal, 'the validation')
      this.#filler.fill(picture, this.#picture)
      this.#labels.set(mask)
      const results = await this.#session.run(this.#feeds)
      loss += numberOf(results, validationOutputs.loss)
      pictures++
      const classes = results[validationOutputs.classes]?.data
      if (!(classes instanceof Uint8Array)) throw new TypeError('the classes are no bytes')
      counts.add(mask, classes)
    }
    const { classes, ...scores } = pixelScores(counts.matrix(this.#classes))
    return {
      validationLoss: loss / pictures,
      ...{ meanIou: scores.meanIou, meanDice: scores.meanDice },
      pixelAccuracy: scores.pixelAccuracy,
      classIou: classes.map(({ iou }) => iou),
      classDice: classes.map(({ dice }) => dice),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}

function weightTensor({ graph }: TrainableNetwork, name: string, data: Float32Array): Tensor {
  return floatTensor(graph.weights.get(name)?.shape ?? [data.length], data)
}

function numberOf(results: Tensors, name: string): number {
  const data = results[name]?.data
  return data instanceof Float32Array ? (data[0] ?? Number.NaN) : Number.NaN
}
