/** @file Computes what no input can change. */
import { prune } from './edit.ts'
import { canEvaluate, evaluateNode, needsShapeOnly } from './evaluate.ts'
import type { Graph, GraphNode } from './graph.ts'
import { NodeView, type Scope } from './shape-rules/node-view.ts'
import { shapeRuleOf } from './shape-rules/table.ts'
import { fixedKnown } from './shapes.ts'
import { sizeOf, type Tensor } from './tensor.ts'

/** Results may have this many elements, or twice as many as what they are computed from. */
const mostElements = 65536

function weightsOf(graph: Graph, node: GraphNode): Tensor[] | null {
  const names = node.inputs.filter((name) => name !== '')
  const weights = names.flatMap((name) => graph.weights.get(name) ?? [])
  return weights.length === names.length ? weights : null
}

/** The results of a node that depend on weights alone, or null. */
function constantResults(graph: Graph, scope: Scope, node: GraphNode): Tensor[] | null {
  const rule = shapeRuleOf(node)
  if (!rule || !canEvaluate(node)) return null
  const weights = needsShapeOnly(node)
    ? scope.known(node.inputs[0] ?? '') && []
    : weightsOf(graph, node)
  if (!weights) return null
  const view = new NodeView(node, scope)
  const results = rule(view)
  const limit = weights.reduce((sum, { shape }) => sum + 2 * sizeOf(shape), mostElements)
  return results.some(({ shape }) => sizeOf(shape) > limit) ? null : evaluateNode(view, results)
}

/**
 * Turns nodes whose inputs are all weights, and Shape and Size of values with fixed shapes, into
 * weights. Nodes that compute the graph's outputs stay, and so do those for whose operator there is
 * no code. Not for networks that are to be trained: what follows from a weight would not follow it.
 */
export function foldConstants(graph: Graph): void {
  const outputs = new Set(graph.outputs.map(({ name }) => name))
  const scope: Scope = {
    opset: graph.opset,
    known: (name) => fixedKnown(graph, name),
    constant: (name) => graph.weights.get(name) ?? null,
  }
  graph.nodes = graph.nodes.filter((node) => {
    const isOutput = node.outputs.some((name) => outputs.has(name))
    const tensors = isOutput ? null : constantResults(graph, scope, node)
    for (const [i, output] of node.outputs.entries()) {
      const tensor = tensors?.[i]
      if (tensor && output !== '') graph.weights.set(output, tensor)
    }
    return tensors === null
  })
  prune(graph)
}
