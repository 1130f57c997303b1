/** @file A graph that can be changed while the original stays as it is. */
import type { Graph } from './graph.ts'

/** A copy of arrays, maps and nodes; the data of tensors is shared. */
export function copyGraph(graph: Graph): Graph {
  return {
    ...graph,
    otherOpsets: { ...graph.otherOpsets },
    inputs: graph.inputs.map((value) => ({ ...value })),
    outputs: graph.outputs.map((value) => ({ ...value })),
    nodes: graph.nodes.map((node) => ({
      ...node,
      inputs: [...node.inputs],
      outputs: [...node.outputs],
      attributes: { ...node.attributes },
    })),
    weights: new Map(graph.weights),
    values: new Map([...graph.values].map(([name, value]) => [name, { ...value }])),
    metadata: { ...graph.metadata },
  }
}
