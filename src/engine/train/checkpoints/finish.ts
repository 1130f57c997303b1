/** @file The trained weights in a network of the usual form, which any ONNX Runtime opens. */
import { rm } from 'node:fs/promises'
import { writeModelFolder } from '../../models/model-folder.ts'
import type { ModelDescription } from '../../models/types.ts'
import { copyGraph } from '../../onnx/copy.ts'
import { prune } from '../../onnx/edit.ts'
import { onnxBytes } from '../../onnx/file.ts'
import type { Graph } from '../../onnx/graph.ts'
import type { TrainableNetwork } from '../graph/trainable-network.ts'

export interface TrainedNetwork {
  network: TrainableNetwork
  /** Parameters and running statistics as they are now, by name. */
  weights: ReadonlyMap<string, Float32Array>
  /** An auxiliary head only serves training: `all` keeps it, for training that goes on. */
  outputs?: 'own' | 'all' | undefined
}

/** The network with its trained weights; these are not copied. */
export function trainedGraph({ network, weights, outputs = 'own' }: TrainedNetwork): Graph {
  const graph = copyGraph(network.graph)
  for (const [name, data] of weights) {
    const weight = graph.weights.get(name)
    if (weight) graph.weights.set(name, { ...weight, data })
  }
  const { name: output } = network.description.output
  if (outputs === 'own') graph.outputs = graph.outputs.filter(({ name }) => name === output)
  graph.name = network.description.id
  prune(graph)
  return graph
}

/**
 * Writes the network's folder as a whole, in place of one that is there: model.onnx, model.json with
 * `training` in it, and the state `stateFile` that further training could go on from.
 */
export async function writeTrained(
  folder: string,
  trained: TrainedNetwork,
  { training, stateFile }: { training: ModelDescription['training']; stateFile?: string },
): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await writeModelFolder(folder, 'project', {
    description: { ...trained.network.description, training },
    network: onnxBytes(trainedGraph(trained)),
    ...(stateFile !== undefined && { files: { 'state.bin': stateFile } }),
  })
}
