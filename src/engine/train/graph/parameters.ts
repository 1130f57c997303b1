/** @file Which weights of a network can be trained. */
import { producersOf } from '../../onnx/edit.ts'
import type { Graph, GraphNode } from '../../onnx/graph.ts'
import { operatorOf } from '../../onnx/shape-rules/table.ts'
import { sizeOf } from '../../onnx/tensor.ts'

/** The inputs of an operator that are weights, biases, scales and shifts. */
const weighted: Readonly<Record<string, readonly number[]>> = {
  Conv: [1, 2],
  'com.microsoft.FusedConv': [1, 2],
  ConvTranspose: [1, 2],
  Gemm: [0, 1, 2],
  MatMul: [0, 1],
  BatchNormalization: [1, 2],
  InstanceNormalization: [1, 2],
  LayerNormalization: [1, 2],
  GroupNormalization: [1, 2],
  PRelu: [1],
  Gather: [0],
}

/** Operators with a constant that may be a layer's scale or shift, or merely part of a formula. */
const pointwise = new Set(['Add', 'Sub', 'Mul', 'Div', 'Sum'])

/** Inputs whose weights are measured, not trained. */
const statistics: Readonly<Record<string, readonly number[]>> = { BatchNormalization: [3, 4] }

/** Operators between a weight and its layer, which only lay it out in another way. */
const layouts = new Set(['Identity', 'Transpose', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten'])

/** The weight that a value is, perhaps laid out in another way; null where it is computed. */
function weightBehind(
  graph: Graph,
  producers: ReadonlyMap<string, GraphNode>,
  value: string,
): string | null {
  if (graph.weights.has(value)) return value
  const node = producers.get(value)
  if (!node || !layouts.has(operatorOf(node))) return null
  return weightBehind(graph, producers, node.inputs[0] ?? '')
}

function namesAt(node: GraphNode, places: readonly number[]): string[] {
  return places.flatMap((place) => node.inputs[place] ?? []).filter((name) => name !== '')
}

/** The nodes that outputs need. */
function liveNodes(graph: Graph): Set<GraphNode> {
  const needed = new Set(graph.outputs.map(({ name }) => name))
  const live = graph.nodes.toReversed().filter((node) => {
    const used = node.outputs.some((output) => needed.has(output))
    if (used) for (const input of node.inputs) needed.add(input)
    return used
  })
  return new Set(live)
}

/**
 * Weights of an imported network that can be trained, in the order in which they are used: float32
 * weights, biases, scales and shifts of nodes on the way to the outputs, those into which an
 * exporter has folded batch normalisation included. Shapes, running statistics (and weights that an
 * exporter has merged with them because they were equal), Resize scales and bounds of Clip are not
 * among them; neither are single numbers of formulas (x · 0.5) and what is done to the picture
 * before the first layer (its mean and deviation).
 */
export function trainableWeights(graph: Graph): string[] {
  const producers = producersOf(graph)
  const live = liveNodes(graph)
  const behind = (name: string): string[] => {
    const weight = weightBehind(graph, producers, name)
    return weight !== null && graph.weights.get(weight)?.type === 'float32' ? [weight] : []
  }
  const measured = new Set(
    [...live].flatMap((node) => namesAt(node, statistics[operatorOf(node)] ?? []).flatMap(behind)),
  )
  /** Values that a layer has had its part in. */
  const learnt = new Set<string>()
  const found = new Set<string>()
  for (const node of graph.nodes.filter((each) => live.has(each))) {
    const operator = operatorOf(node)
    const places = weighted[operator]
    const follows = node.inputs.some((name) => learnt.has(name))
    const isStep = follows && pointwise.has(operator)
    const weights = namesAt(node, places ?? (isStep ? [...node.inputs.keys()] : [])).flatMap(behind)
    if (follows || weights.length > 0) for (const output of node.outputs) learnt.add(output)
    for (const name of weights) {
      const isVector = sizeOf(graph.weights.get(name)?.shape ?? []) > 1
      if (!measured.has(name) && (places || isVector)) found.add(name)
    }
  }
  return [...found]
}
