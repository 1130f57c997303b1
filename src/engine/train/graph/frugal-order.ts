/** @file The order of a training graph's nodes in which ONNX Runtime needs the least memory. */
import type { Graph, GraphNode } from '../../onnx/graph.ts'

/**
 * The same graph with the nodes that nothing follows at its end, the first of them last. ONNX Runtime
 * computes each of them as soon as it can, the last one first (GraphViewer's ReverseDFSFrom,
 * onnxruntime/core/graph/graph_viewer.cc). Backward passes are written from the output on, so that
 * without this the gradients of the first layers' weights come first, and those of all values behind
 * them are kept until the end.
 */
export function inFrugalOrder(graph: Graph): Graph {
  const used = new Set(graph.nodes.flatMap(({ inputs }) => inputs))
  const isLast = ({ outputs }: GraphNode) => !outputs.some((output) => used.has(output))
  const last = graph.nodes.filter(isLast)
  return { ...graph, nodes: [...graph.nodes.filter((node) => !isLast(node)), ...last.toReversed()] }
}
