/** @file Computes a graph of fixed shapes in TensorFlow.js, node by node. */
import type { Tensor } from '@tensorflow/tfjs-node'
import { AppError } from '../../../../shared/errors.ts'
import type { Graph } from '../../../onnx/graph.ts'
import { numbersOf, type Tensor as OnnxTensor } from '../../../onnx/tensor.ts'
import type { Tf } from './load-tensorflow.ts'
import { Step } from './operator.ts'
import { operatorOf } from './operators.ts'

/** A tensor of TensorFlow.js, whose integers have 32 bits. */
export function toTf(tf: Tf, { type, shape, data }: OnnxTensor): Tensor {
  if (data instanceof Float32Array) return tf.tensor(data, [...shape], 'float32')
  if (type === 'bool')
    return tf.tensor(Uint8Array.from(numbersOf({ type, shape, data })), [...shape], 'bool')
  const limit = 2 ** 31 - 1
  const integers = Int32Array.from(numbersOf({ type, shape, data }), (value) =>
    Math.max(-limit, Math.min(limit, value)),
  )
  return tf.tensor(integers, [...shape], 'int32')
}

/** Runs of one graph. Its constants stay in TensorFlow's memory until `dispose`. */
export class TfjsGraph {
  readonly #tf: Tf
  readonly #graph: Graph
  readonly #constants: ReadonlyMap<string, Tensor>
  /** By value: the last node that reads it. */
  readonly #lastUse = new Map<string, number>()

  constructor(tf: Tf, graph: Graph) {
    this.#tf = tf
    this.#graph = graph
    this.#constants = new Map([...graph.weights].map(([name, weight]) => [name, toTf(tf, weight)]))
    for (const [at, { inputs }] of graph.nodes.entries())
      for (const name of inputs) this.#lastUse.set(name, at)
    for (const { name } of graph.outputs) this.#lastUse.set(name, graph.nodes.length)
  }

  /** The outputs' elements by name. Throws `unsupported-model` for operators that are not there. */
  run(feeds: Readonly<Record<string, OnnxTensor>>): Map<string, Float32Array> {
    const tf = this.#tf
    const results = tf.tidy(() => {
      const values = new Map(this.#constants)
      for (const [name, tensor] of Object.entries(feeds)) values.set(name, toTf(tf, tensor))
      for (const [at, node] of this.#graph.nodes.entries()) {
        const inputs = node.inputs.map((name) => (name === '' ? undefined : computed(values, name)))
        const step = new Step(tf, this.#graph, node)
        const results = tf.tidy(() => [operatorOf(step)(step, inputs)].flat())
        for (const [i, name] of node.outputs.entries()) {
          const result = results[i]
          if (name !== '' && result) values.set(name, result)
        }
        this.#giveUp(values, at)
      }
      return Object.fromEntries(
        this.#graph.outputs.map(({ name }) => [name, floats(computed(values, name))]),
      )
    })
    return new Map(Object.entries(results))
  }

  /** Frees what the node at this place read last. */
  #giveUp(values: Map<string, Tensor>, at: number): void {
    for (const name of new Set(this.#graph.nodes[at]?.inputs))
      if (this.#lastUse.get(name) === at && !this.#constants.has(name)) {
        values.get(name)?.dispose()
        values.delete(name)
      }
  }

  dispose(): void {
    for (const tensor of this.#constants.values()) tensor.dispose()
  }
}

function computed(values: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const value = values.get(name)
  if (value) return value
  throw new AppError('internal', `'${name}' was not computed`)
}

function floats(tensor: Tensor): Float32Array {
  const data = tensor.dataSync()
  return data instanceof Float32Array ? data : Float32Array.from(data)
}
