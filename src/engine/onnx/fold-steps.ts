/** @file Folds scales and shifts of channels into the layer before them. */
import { producersOf, prune, usersOf } from './edit.ts'
import { type Affine, absorb, fits, isHost } from './fold-host.ts'
import type { Graph, GraphNode } from './graph.ts'

/**
 * The layer that can take the step on `value`: the one that computes it, or, for a mere
 * shift, one that is summed into it. (TensorFlow's optimiser moves the bias of a residual's
 * projection behind the sum: (a + conv) + bias.) Nobody else may use what lies in between.
 */
function hostOf(graph: Graph, value: string, onlyShift: boolean): GraphNode | null {
  const producers = producersOf(graph)
  const users = usersOf(graph)
  const find = (name: string): GraphNode | null => {
    const node = producers.get(name)
    const used = (users.get(name) ?? []).length
    if (!node || used !== 1 || graph.outputs.some((output) => output.name === name)) return null
    if (isHost(graph, node)) return node
    if (!onlyShift || (node.op !== 'Add' && node.op !== 'Sum')) return null
    return node.inputs.map(find).find((host) => host !== null) ?? null
  }
  return find(value)
}

/** What turns a node into a step, by operator. */
export type Steps = Readonly<Record<string, (graph: Graph, node: GraphNode) => Affine | null>>

/**
 * Folds every step that follows a layer with constant weights into it. What computed the step's
 * input then computes its result, under the result's name.
 */
export function foldSteps(graph: Graph, steps: Steps): void {
  for (const node of [...graph.nodes]) {
    const step = node.domain === '' ? steps[node.op]?.(graph, node) : null
    const [output] = node.outputs
    const producer = step && producersOf(graph).get(step.input)
    if (!step || !producer || output === undefined) continue
    const onlyShift = step.scale.every((value) => value === 1)
    const host = hostOf(graph, step.input, onlyShift)
    if (!host || !fits(graph, host, node.op, step)) continue
    graph.nodes = graph.nodes.filter((other) => other !== node)
    producer.outputs = producer.outputs.map((name) => (name === step.input ? output : name))
    absorb(graph, host, step)
  }
  prune(graph)
}
