/** @file The forward pass with its loss and the class of each pixel, whose weights are fed. */
import type { Size } from '../../shared/recipe.ts'
import { copyGraph } from '../onnx/copy.ts'
import { prune } from '../onnx/edit.ts'
import { foldConstants } from '../onnx/fold-constants.ts'
import type { Graph } from '../onnx/graph.ts'
import { fixShapes, knownOf } from '../onnx/shapes.ts'
import { upgrade } from '../onnx/upgrade.ts'
import { GradientBuilder } from '../train/graph/gradient-builder.ts'
import type { TrainableNetwork } from '../train/graph/trainable-network.ts'
import { labelsName } from '../train/graph/training-graph.ts'
import { upsampled } from '../train/losses/pixel-losses.ts'
import { addLoss, type LossOptions } from '../train/losses.ts'

/** What is computed for a picture: a scalar, and uint8 `[1, height, width]`. */
export const validationOutputs = { loss: 'validation/loss', classes: 'validation/classes' } as const

/** The network's own logits with channels in the second place. */
function scoresOf(build: GradientBuilder, { description }: TrainableNetwork): string {
  const { name, layout } = description.output
  return layout === 'NHWC' ? build.transpose(name, [0, 3, 1, 2]) : name
}

/** From one picture, its labels and the weights to the loss and the class of each pixel. */
export function validationGraph(
  network: TrainableNetwork,
  { width, height }: Size,
  loss: LossOptions,
  fed: Iterable<string>,
): Graph {
  const graph = copyGraph(network.graph)
  upgrade(graph)
  const { input, output } = network.description
  const sides = input.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3]
  graph.outputs = graph.outputs.filter(({ name }) => name === output.name)
  prune(graph)
  fixShapes(graph, { [input.name]: sides })
  for (const value of graph.outputs) graph.values.set(value.name, value)
  for (const name of fed) {
    const weight = graph.weights.get(name)
    if (!weight) continue
    graph.weights.delete(name)
    graph.inputs.push({ name, type: weight.type, shape: [...weight.shape] })
  }
  foldConstants(graph)
  graph.inputs.push({ name: labelsName, type: 'int32', shape: [1, height, width] })
  const build = new GradientBuilder(graph, new Set(), new Set())
  build.startScope('validation')
  const logits = scoresOf(build, network)
  const result = addLoss(graph, logits, labelsName, loss)
  build.startScope('validation/classes')
  const large = upsampled(build, logits, labelsName)
  const attributes = { axis: { int: 1 }, keepdims: { int: 0 } }
  const largest = build.node('ArgMax', [large], [1, height, width], attributes, 'int64')
  rename(graph, result, validationOutputs.loss)
  rename(graph, build.cast(largest, 'uint8'), validationOutputs.classes)
  return graph
}

/** Makes a value an output of this name. */
function rename(graph: Graph, value: string, name: string): void {
  const { type, shape } = knownOf(graph, value)
  graph.nodes.push({
    ...{ op: 'Identity', domain: '', name, attributes: {} },
    ...{ inputs: [value], outputs: [name] },
  })
  if (name === validationOutputs.loss) graph.outputs = []
  graph.outputs.push({ name, type, shape: [...shape] })
}
