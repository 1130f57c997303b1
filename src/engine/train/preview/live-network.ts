/** @file The network that is being trained, open for looking: it reads its weights where they change. */
import { type Network, networkIn } from '../../infer/network.ts'
import { openGraph } from '../../infer/session.ts'
import { onnxBytes } from '../../onnx/file.ts'
import type { Graph } from '../../onnx/graph.ts'
import type { Tensor } from '../../onnx/tensor.ts'
import { type TrainedNetwork, trainedGraph } from '../checkpoints/finish.ts'
import type { TrainRequest } from '../types.ts'

/** Turns the weights into inputs of the graph, and returns them as they are fed: not copied. */
function feedWeights(graph: Graph, names: Iterable<string>): Record<string, Tensor> {
  const fed: Record<string, Tensor> = {}
  for (const name of names) {
    const weight = graph.weights.get(name)
    if (!weight) continue
    graph.weights.delete(name)
    graph.inputs.push({ name, type: weight.type, shape: [...weight.shape] })
    fed[name] = weight
  }
  return fed
}

/**
 * Opens the network once for all looks at it: a session with its weights in it would have to be
 * opened anew each time, which takes many times as long as a look. Whoever opens it disposes of it.
 * Throws what opening a network throws.
 */
export async function openLiveNetwork(
  trained: TrainedNetwork,
  { settings, size }: Pick<TrainRequest, 'settings' | 'size'>,
  device: string,
): Promise<Network> {
  const graph = trainedGraph(trained)
  const fed = feedWeights(graph, trained.weights.keys())
  const { threads, input } = settings
  const session = await openGraph(onnxBytes(graph), {
    device,
    frugal: true,
    ...(threads && { threads }),
  })
  return networkIn(session, trained.network.description, { size, input }, fed)
}
