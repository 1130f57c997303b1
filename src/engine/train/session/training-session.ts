/** @file A training graph in ONNX Runtime: loss and gradients for a batch, in memory that is reused. */
import { AppError } from '../../../shared/errors.ts'
import { openGraph, type Session, type Tensors } from '../../infer/session.ts'
import type { NodeCount } from '../../infer/types.ts'
import { onnxBytes } from '../../onnx/file.ts'
import { knownOf } from '../../onnx/shapes.ts'
import { floatTensor, sizeOf, type Tensor } from '../../onnx/tensor.ts'
import { inFrugalOrder } from '../graph/frugal-order.ts'
import type { TrainingGraph } from '../graph/training-graph.ts'

export interface TrainingSessionOptions {
  device: string
  /** Null = one per core. */
  threads: number | null
}

/** Whoever opens it disposes of it. */
export interface TrainingSession extends AsyncDisposable {
  readonly device: string
  /** Why this device, in a sentence. */
  readonly reason: string
  /** Of the last computation, in the order of the graph's parameters; overwritten by the next. */
  readonly gradients: readonly Float32Array[]
  /**
   * Computes the loss of a batch and its gradients. The weights are read where they lie.
   * Throws `unsupported-model` in ONNX Runtime's words when it fails.
   */
  compute(batch: Tensors): Promise<number>
  /** Ends the record of what ran where: nodes that the device left to the processor so far. */
  fallback(): Promise<NodeCount[]>
  /** Takes the running statistics over from the last computation, where the batch changes them. */
  takeStatistics(): void
}

/** The weights that are fed: parameters, and running statistics where the batch changes them. */
function weightTensors(
  { graph, parameters, updates }: TrainingGraph,
  weights: ReadonlyMap<string, Float32Array>,
): Record<string, Tensor> {
  return Object.fromEntries(
    [...parameters, ...updates.keys()].map((name) => {
      const data = weights.get(name)
      const { shape } = knownOf(graph, name)
      if (data?.length === sizeOf(shape)) return [name, floatTensor(shape, data)]
      throw new AppError('internal', `weight '${name}' has not the elements of [${shape}]`)
    }),
  )
}

function zeros({ graph }: TrainingGraph, name: string): Tensor {
  const { shape } = knownOf(graph, name)
  return floatTensor(shape, new Float32Array(sizeOf(shape)))
}

class OpenTrainingSession implements TrainingSession {
  readonly gradients: readonly Float32Array[]
  readonly #session: Session
  readonly #weights: Tensors
  readonly #results: Record<string, Tensor>
  readonly #loss: Float32Array
  /** Running statistics: where they lie, and where their new values arrive. */
  readonly #updates: readonly { target: Float32Array; source: Float32Array }[]

  constructor(
    session: Session,
    training: TrainingGraph,
    weights: ReadonlyMap<string, Float32Array>,
  ) {
    this.#session = session
    this.#weights = weightTensors(training, weights)
    const results = new Map<string, Float32Array>()
    this.#results = {}
    const result = (name: string): Float32Array => {
      const known = results.get(name)
      if (known) return known
      const tensor = zeros(training, name)
      this.#results[name] = tensor
      const data = new Float32Array(tensor.data.buffer)
      results.set(name, data)
      return data
    }
    this.#loss = result(training.loss)
    this.gradients = training.parameters.map((name) => {
      const gradient = training.gradients.get(name)
      if (gradient !== undefined) return result(gradient)
      throw new AppError('internal', `the loss does not depend on the parameter '${name}'`)
    })
    this.#updates = [...training.updates].map(([name, output]) => {
      return { target: weights.get(name) ?? new Float32Array(), source: result(output) }
    })
  }

  get device(): string {
    return this.#session.device
  }

  get reason(): string {
    return this.#session.reason
  }

  fallback(): Promise<NodeCount[]> {
    return this.#session.fallback()
  }

  takeStatistics(): void {
    for (const { target, source } of this.#updates) target.set(source)
  }

  async compute(batch: Tensors): Promise<number> {
    await this.#session.run({ ...this.#weights, ...batch }, this.#results)
    return this.#loss[0] ?? Number.NaN
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#session.release()
  }
}

/**
 * Opens a training graph whose parameters (and running statistics) are `weights`, by name; they are
 * fed as they lie there, so that changing them in place is all that an optimiser has to do.
 * Throws `no-such-device`, `unsupported-model`.
 */
export async function openTrainingSession(
  training: TrainingGraph,
  weights: ReadonlyMap<string, Float32Array>,
  { device, threads }: TrainingSessionOptions,
): Promise<TrainingSession> {
  const session = await openGraph(onnxBytes(inFrugalOrder(training.graph)), {
    device,
    frugal: true,
    recorded: true,
    ...(threads !== null && { threads }),
  })
  return new OpenTrainingSession(session, training, weights)
}
