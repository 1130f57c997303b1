/**
 * @file Other batches for networks that were exported for one: exporters write the number of pictures
 * into the constants of Reshape and Resize where the batch was not said to be free.
 */
import { needsShapeOnly } from './evaluate.ts'
import { addWeight, type Graph, type GraphNode } from './graph.ts'
import { intTensor, numbersOf } from './tensor.ts'

/** The input that holds the sides of the result, by operator. */
const sidesInput: Readonly<Record<string, number>> = { Reshape: 1, Resize: 3, Expand: 1 }

/** The node's constant sides, where they begin with `batch`. */
function sidesOf(graph: Graph, node: GraphNode, batch: number): number[] | null {
  const place = node.domain === '' ? sidesInput[node.op] : undefined
  const tensor = place === undefined ? undefined : graph.weights.get(node.inputs[place] ?? '')
  const sides = tensor?.type === 'int64' ? numbersOf(tensor) : []
  return sides.length > 1 && sides[0] === batch ? sides : null
}

/** What depends on the inputs by more than their shapes. */
function fedValues(graph: Graph): Set<string> {
  const fed = new Set(graph.inputs.map(({ name }) => name))
  for (const node of graph.nodes)
    if (!needsShapeOnly(node) && node.inputs.some((input) => fed.has(input)))
      for (const output of node.outputs) fed.add(output)
  return fed
}

/**
 * Writes another number of pictures where the constant sides of a result begin with the old one.
 * What is computed from weights or shapes alone stays as it is.
 */
export function changeBatch(graph: Graph, from: number, to: number): void {
  const fed = fedValues(graph)
  for (const node of graph.nodes) {
    const sides = fed.has(node.inputs[0] ?? '') ? sidesOf(graph, node, from) : null
    const place = sidesInput[node.op]
    if (!sides || place === undefined) continue
    const name = `${node.outputs[0]}/sides-of-${to}`
    node.inputs[place] = addWeight(graph, name, intTensor(sides.with(0, to)))
  }
}
