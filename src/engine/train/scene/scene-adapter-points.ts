/** @file Where the scene adapter takes hold of a network. */
import { producersOf, prune } from '../../onnx/edit.ts'
import type { Graph, GraphNode } from '../../onnx/graph.ts'
import type { Tensor } from '../../onnx/tensor.ts'

/** Names of values of a network. */
export interface AdapterPoints {
  /** The picture, `[N, 3, H, W]` float32. */
  image: string
  /** Early features, of which edges can be told. */
  low: string
  /** Features from which on the network is trained. */
  middle: string
  /** What the last layer looks at. */
  features: string
  /** What the last layer answers, before it is resized to the picture. */
  logits: string
}

/** The first version of Resize without a region of interest. */
const leastOpset = 13

/**
 * The points of a network whose low and middle features are known by name; null where the adapter
 * does not fit: another kind of input, no such values, or no convolution before the output.
 */
export function adapterPoints(
  graph: Graph,
  features: { low: string | null; middle: string | null } | null,
  output: string,
): AdapterPoints | null {
  const producers = producersOf(graph)
  const [image, ...others] = graph.inputs
  const { low, middle } = features ?? {}
  if (!image || others.length > 0 || image.type !== 'float32' || image.shape?.[1] !== 3) return null
  if (!low || !middle || !producers.has(low) || !producers.has(middle)) return null
  if (graph.opset < leastOpset) return null
  const logits = beforeResize(producers, output)
  const last = lastConvolution(graph, producers, logits)
  return last === null ? null : { image: image.name, low, middle, features: last, logits }
}

function beforeResize(producers: ReadonlyMap<string, GraphNode>, value: string): string {
  const node = producers.get(value)
  const isPassing = node?.op === 'Resize' || node?.op === 'Identity'
  return isPassing ? beforeResize(producers, node.inputs[0] ?? '') : value
}

/** What the last convolutions before a value take; of several (LR-ASPP has two) the widest one. */
function lastConvolution(
  graph: Graph,
  producers: ReadonlyMap<string, GraphNode>,
  value: string,
): string | null {
  let best: { input: string; width: number } | null = null
  const waiting = [value]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = producers.get(name)
    if (node?.op !== 'Conv') {
      waiting.push(...(node?.inputs ?? []))
      continue
    }
    const [input = '', weight = ''] = node.inputs
    const width = graph.weights.get(weight)?.shape[1] ?? 0
    if (!best || width > best.width) best = { input, width }
  }
  return best?.input ?? null
}

/** What the values at the points are for one picture, the background; the image included. */
export type PointValues = Readonly<Record<keyof AdapterPoints, Tensor>>

/** The part of a network that computes its points, for a run on the background. */
export function pointsGraph(graph: Graph, points: AdapterPoints): Graph {
  const { image: _, ...computed } = points
  const names = [...new Set(Object.values(computed))]
  const part = { ...graph, outputs: names.map((name) => ({ name, type: null, shape: null })) }
  prune(part)
  return part
}
