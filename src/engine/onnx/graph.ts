/**
 * @file A network as data: ONNX's graph, reduced to what is computed with.
 *
 * Values (inputs, weights, results of nodes) are known by name, as in ONNX. Whoever changes a graph
 * changes its arrays and maps directly; `edit.ts` has the walks that such changes need.
 */
import type { AttributeProto } from './proto.ts'
import type { ElementType, Tensor } from './tensor.ts'

export type Attribute =
  | { int: number }
  | { float: number }
  | { string: string }
  | { ints: readonly number[] }
  | { floats: readonly number[] }
  | { strings: readonly string[] }
  | { tensor: Tensor }
  /** A kind that is passed through unread: subgraphs and the like. */
  | { other: AttributeProto }

export interface GraphNode {
  /** ONNX operator, as 'Conv'. */
  op: string
  /** '' = ONNX's own operators. */
  domain: string
  name: string
  /** Names of values; '' = an optional input that is left out. */
  inputs: string[]
  outputs: string[]
  attributes: Record<string, Attribute>
}

/** A side of a shape: a number, or the name of a free one ('' = free and nameless). */
export type Side = number | string

export interface ValueInfo {
  name: string
  /** Null = not a tensor, or of an element type we do not know. */
  type: ElementType | null
  /** Null = not even the number of dimensions is known. */
  shape: readonly Side[] | null
}

export interface Graph {
  name: string
  /** Version of ONNX's own operators. */
  opset: number
  /** Versions of other operator sets in use, by domain. */
  otherOpsets: Record<string, number>
  /** What a run must be given; weights are not among them. */
  inputs: ValueInfo[]
  outputs: ValueInfo[]
  /** In an order in which they can be computed. */
  nodes: GraphNode[]
  weights: Map<string, Tensor>
  /** What is known of values in between. */
  values: Map<string, ValueInfo>
  /** Key-value notes of the file. */
  metadata: Record<string, string>
}

/** The version of ONNX's operators that our own graphs use; any ONNX Runtime since 1.12 runs it. */
export const ownOpset = 17

/** A graph with nothing in it. */
export function emptyGraph(name: string): Graph {
  return {
    name,
    opset: ownOpset,
    otherOpsets: {},
    inputs: [],
    outputs: [],
    nodes: [],
    weights: new Map(),
    values: new Map(),
    metadata: {},
  }
}

/** Appends a node with one result, named like the node. Returns that name. */
export function addNode(
  graph: Graph,
  op: string,
  inputs: string[],
  output: string,
  attributes: Record<string, Attribute> = {},
): string {
  graph.nodes.push({ op, domain: '', name: output, inputs, outputs: [output], attributes })
  return output
}

/** Adds a weight and returns its name. */
export function addWeight(graph: Graph, name: string, tensor: Tensor): string {
  graph.weights.set(name, tensor)
  return name
}

/** An integer attribute, or `fallback` where the node has none. */
export function intAttribute(node: GraphNode, name: string, fallback: number): number {
  const attribute = node.attributes[name]
  return attribute && 'int' in attribute ? attribute.int : fallback
}

/** A list of integers, or `fallback` where the node has none. */
export function intsAttribute(
  node: GraphNode,
  name: string,
  fallback: readonly number[],
): readonly number[] {
  const attribute = node.attributes[name]
  return attribute && 'ints' in attribute ? attribute.ints : fallback
}

/** A real attribute, or `fallback` where the node has none. */
export function floatAttribute(node: GraphNode, name: string, fallback: number): number {
  const attribute = node.attributes[name]
  return attribute && 'float' in attribute ? attribute.float : fallback
}
