/** @file Writes nodes whose shapes are known, and constants, behind what a graph has. */
import { type Attribute, addWeight, type Graph } from '../../onnx/graph.ts'
import { knownOf, shapeOf } from '../../onnx/shapes.ts'
import { type ElementType, floatTensor, intTensor, type Tensor } from '../../onnx/tensor.ts'
import type { Shape } from './static-shape.ts'

export class NodeWriter {
  readonly graph: Graph
  readonly #names = new Map<string, number>()
  #scope = 'gradient'

  /** Every value of the graph must have a fixed shape. */
  constructor(graph: Graph) {
    this.graph = graph
  }

  /** Names what follows: all names begin so. */
  startScope(name: string): void {
    this.#scope = name
  }

  /** Sides of a value or weight. Throws `internal` when nobody noted them. */
  shape(name: string): Shape {
    return shapeOf(this.graph, name)
  }

  /** Element type of a value or weight. */
  type(name: string): ElementType {
    return knownOf(this.graph, name).type
  }

  /** Appends a node with one result of this shape and returns its name. */
  node(
    op: string,
    inputs: readonly string[],
    shape: Shape,
    attributes: Record<string, Attribute> = {},
    type: ElementType = 'float32',
  ): string {
    const [output = ''] = this.nodeWith(op, inputs, [{ shape, type }], attributes)
    return output
  }

  /** Appends a node with several results and returns their names. */
  nodeWith(
    op: string,
    inputs: readonly string[],
    results: readonly { shape: Shape; type?: ElementType }[],
    attributes: Record<string, Attribute> = {},
    domain = '',
  ): string[] {
    const name = this.#fresh(op)
    const outputs = results.map((_, i) => (i === 0 ? name : `${name}:${i}`))
    this.graph.nodes.push({ op, domain, name, inputs: [...inputs], outputs, attributes })
    for (const [i, output] of outputs.entries()) {
      const { shape = [], type = 'float32' } = results[i] ?? {}
      this.graph.values.set(output, { name: output, type, shape: [...shape] })
    }
    return outputs
  }

  /** A name that no value has: the node whose gradient this is, the operator, a number. */
  #fresh(op: string): string {
    const stem = `${this.#scope}/${op}`
    let count = this.#names.get(stem) ?? 0
    let name = ''
    do {
      count++
      name = count === 1 ? stem : `${stem}_${count}`
    } while (this.graph.values.has(name) || this.graph.weights.has(name))
    this.#names.set(stem, count)
    return name
  }

  /** A constant of the graph, named after what is computed with it. */
  weight(tensor: Tensor, label = 'constant'): string {
    return addWeight(this.graph, this.#fresh(label), tensor)
  }

  /** float32 constant. */
  floats(shape: Shape, values: ArrayLike<number>): string {
    return this.weight(floatTensor(shape, Float32Array.from(values)))
  }

  /** The same float32 scalar for everybody. */
  scalar(value: number): string {
    const name = `scalar/${value}`
    if (!this.graph.weights.has(name))
      this.graph.weights.set(name, floatTensor([], Float32Array.of(value)))
    return name
  }

  /** The same int64 vector for everybody. */
  ints(values: readonly number[]): string {
    const name = `ints/${values.join(',')}`
    if (!this.graph.weights.has(name)) this.graph.weights.set(name, intTensor(values))
    return name
  }
}
