/** @file What a rule has to write a node anew, in the form of another operator set. */
import { AppError } from '../../../shared/errors.ts'
import { type Attribute, addWeight, type Graph, type GraphNode } from '../graph.ts'
import { intTensor, numbersOf, type Tensor, tensorOf } from '../tensor.ts'

export class Rewrite {
  readonly graph: Graph
  readonly node: GraphNode
  /** The operator set that the node is written in. */
  readonly opset: number

  constructor(graph: Graph, node: GraphNode) {
    this.graph = graph
    this.node = node
    this.opset = graph.opset
  }

  /** Throws `unsupported-model`, naming operator and node. */
  fail(why: string): never {
    const { op, name, outputs } = this.node
    throw new AppError(
      'unsupported-model',
      `node '${name || outputs[0]}' (${op}) of operator set ${this.opset}: ${why}`,
      'Export the network with operator set 17.',
    )
  }

  /** A new name after the node's result. */
  named(part: string): string {
    return `${this.node.outputs[0]}/${part}`
  }

  weight(part: string, tensor: Tensor): string {
    return addWeight(this.graph, this.named(part), tensor)
  }

  ints(part: string, values: readonly number[]): string {
    return this.weight(part, intTensor(values))
  }

  scalar(part: string, value: number): string {
    return this.weight(part, tensorOf('float32', [], [value]))
  }

  /** A further node; its result is named by `part`, or is the node's own. */
  also(
    op: string,
    inputs: string[],
    part: string | null,
    attributes: Record<string, Attribute> = {},
  ): GraphNode {
    const output = part === null ? (this.node.outputs[0] ?? '') : this.named(part)
    const name = part === null ? this.node.name : output
    return { op, domain: '', name, inputs, outputs: [output], attributes }
  }

  /** The node with other inputs, and without some attributes. */
  changed(inputs: string[], without: readonly string[]): GraphNode[] {
    const kept = Object.entries(this.node.attributes).filter(([name]) => !without.includes(name))
    return [{ ...this.node, inputs, attributes: Object.fromEntries(kept) }]
  }

  /** The elements of an input that is a weight, null where it is left out. */
  constant(index: number): number[] | null {
    const name = this.node.inputs[index] ?? ''
    if (name === '') return null
    const tensor = this.graph.weights.get(name)
    return tensor ? numbersOf(tensor) : this.fail(`its input '${name}' is no constant`)
  }

  /** The sides of an input, free ones included; null where not even their number is known. */
  sides(index: number): readonly (number | string)[] | null {
    const name = this.node.inputs[index] ?? ''
    const { weights, values, inputs } = this.graph
    const known = weights.get(name) ?? values.get(name) ?? inputs.find((one) => one.name === name)
    return known?.shape ?? null
  }

  rank(index: number): number {
    return this.sides(index)?.length ?? this.fail('the number of its dimensions is not known')
  }
}

/** The nodes that stand for a node. */
export type RewriteRule = (rewrite: Rewrite) => readonly GraphNode[]

/** Rules by operator, each for nodes of the sets from a number on. */
export type RewriteRules = Readonly<Record<string, Readonly<{ from: number; rule: RewriteRule }>>>
