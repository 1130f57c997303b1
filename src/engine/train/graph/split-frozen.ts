/**
 * @file Cuts a network in two: what no training changes, which is computed once for each sample,
 * and the rest.
 */
import { AppError } from '../../../shared/errors.ts'
import { copyGraph } from '../../onnx/copy.ts'
import { prune } from '../../onnx/edit.ts'
import type { Graph, GraphNode, ValueInfo } from '../../onnx/graph.ts'
import { elementwiseRules } from '../../onnx/shape-rules/elementwise.ts'
import { layoutRules } from '../../onnx/shape-rules/layout.ts'
import { pieceRules } from '../../onnx/shape-rules/pieces.ts'
import { resizingRules } from '../../onnx/shape-rules/resizing.ts'
import { operatorOf } from '../../onnx/shape-rules/table.ts'
import { knownOf } from '../../onnx/shapes.ts'
import { elementBytes, sizeOf } from '../../onnx/tensor.ts'
import { cheapestCut, type Keepable } from './cheapest-cut.ts'

/** Operators so quick that their results may be computed in every step instead of being kept. */
const cheap = new Set([
  ...[elementwiseRules, layoutRules, pieceRules, resizingRules].flatMap(Object.keys),
  ...['MaxPool', 'AveragePool', 'GlobalAveragePool', 'BatchNormalization'],
])

/** Names that some names reach through nodes, themselves included. */
function reachedFrom(graph: Graph, names: Iterable<string>): Set<string> {
  const reached = new Set(names)
  for (const node of graph.nodes)
    if (node.inputs.some((input) => reached.has(input)))
      for (const output of node.outputs) reached.add(output)
  reached.delete('')
  return reached
}

const namesOf = (values: readonly ValueInfo[]): string[] => values.map(({ name }) => name)

function bytesOf(graph: Graph, name: string): number {
  const { type, shape } = knownOf(graph, name)
  return sizeOf(shape) * elementBytes(type)
}

/** From what the results of a frozen node can be computed again: null = better not at all. */
function sourcesOf(node: GraphNode, fed: ReadonlySet<string>): string[] | null {
  const sources = node.inputs.filter((input) => fed.has(input))
  const isCheap = cheap.has(operatorOf(node)) && node.outputs.length === 1
  return isCheap || sources.length === 0 ? sources : null
}

/** Everything frozen that could cross the cut. */
function frozenValues(graph: Graph, trained: ReadonlySet<string>): Keepable[] {
  const fed = reachedFrom(graph, namesOf(graph.inputs))
  const keepable = (name: string, from: string[] | null): Keepable => ({
    name,
    cost: bytesOf(graph, name),
    from,
  })
  const inputs = namesOf(graph.inputs).filter((name) => !trained.has(name))
  const results = graph.nodes.flatMap((node) =>
    node.outputs
      .filter((output) => output !== '' && !trained.has(output))
      .map((output) => keepable(output, sourcesOf(node, fed))),
  )
  return [...inputs.map((name) => keepable(name, null)), ...results]
}

/** A copy of a graph between other inputs and outputs, without what these do not need. */
function part(graph: Graph, inputs: readonly string[], outputs: readonly string[]): Graph {
  const copy = copyGraph(graph)
  const described = (name: string): ValueInfo => {
    const { type, shape } = knownOf(graph, name)
    return { name, type, shape }
  }
  copy.inputs = inputs.map(described)
  copy.outputs = outputs.map(described)
  copy.nodes = copy.nodes.filter((node) => !node.outputs.some((name) => inputs.includes(name)))
  prune(copy)
  const between = copy.nodes.flatMap((node) => node.outputs)
  const inner = between.filter((name) => name !== '' && !outputs.includes(name))
  copy.values = new Map(inner.map((name) => [name, described(name)]))
  return copy
}

export interface SplitGraph {
  /** From the graph's inputs to the values that cross; null when nothing has to be computed. */
  frozen: Graph | null
  /** From the values that cross (its inputs, under the same names) to the outputs. */
  rest: Graph
}

/**
 * Cuts a graph with fixed shapes before every node that a parameter reaches, where the fewest bytes
 * cross: what follows quickly from others (relu, resizing, joining) is computed again in `rest`
 * instead of being kept beside them. An input of the graph that `rest` needs is its input, too, and
 * is not among the outputs of `frozen`. Outputs that no parameter reaches are computed by `frozen`
 * alone. Throws `bad-value` when no parameter reaches an output.
 *
 * To compute samples one by one and train on batches, fix the shapes of two copies, for one and for
 * a batch, and take `frozen` of the first and `rest` of the second: both are cut in the same place.
 */
export function splitFrozen(graph: Graph, parameters: readonly string[]): SplitGraph {
  const trained = reachedFrom(graph, parameters)
  const outputs = namesOf(graph.outputs)
  const learning = outputs.filter((name) => trained.has(name))
  if (learning.length === 0)
    throw new AppError(
      'bad-value',
      `none of ${parameters.length} parameters has an effect on the outputs ${outputs.join(', ')}`,
      'Choose layers before the output.',
    )
  const values = frozenValues(graph, trained)
  const frozenNames = new Set(values.map(({ name }) => name))
  const trainedNodes = graph.nodes.filter((node) => node.outputs.some((name) => trained.has(name)))
  const needed = trainedNodes.flatMap(({ inputs }) =>
    inputs.filter((name) => frozenNames.has(name)),
  )
  const crossing = [...cheapestCut(values, new Set(needed))]
  const inputs = namesOf(graph.inputs)
  const others = inputs.filter((name) => trained.has(name))
  const computed = [
    ...crossing.filter((name) => !inputs.includes(name)),
    ...outputs.filter((name) => !trained.has(name) && !crossing.includes(name)),
  ]
  return {
    frozen: computed.length > 0 ? part(graph, inputs, computed) : null,
    rest: part(graph, [...crossing, ...others], learning),
  }
}
