/**
 * @file Batch normalisation with running statistics as part of the convolution before it, while both
 * are trained: the kernel is scaled, not the values.
 *
 * With s = scale / sqrt(variance + epsilon), s·(w∗x + b − mean) + bias is a convolution by s·w. Kernels
 * are smaller than what they compute (deeplabv3_resnet50 at 512x512: 40 million numbers against 125
 * million), and the gradient of s follows from that of the kernel, so that neither pass reads or
 * keeps the values before the normalisation.
 */
import { producersOf, usersOf } from '../../onnx/edit.ts'
import { floatAttribute, type Graph, type GraphNode, intAttribute } from '../../onnx/graph.ts'
import { GradientBuilder } from './gradient-builder.ts'

/** The axis of a kernel along which its results lie; null = not one axis. */
function resultAxis(node: GraphNode): number | null {
  if (node.op === 'Conv') return 0
  return node.op === 'ConvTranspose' && intAttribute(node, 'group', 1) === 1 ? 1 : null
}

/** Folds every BatchNormalization with running statistics into the layer that it alone uses. */
export function foldFrozenNormalisation(graph: Graph): void {
  const [producers, users] = [producersOf(graph), usersOf(graph)]
  const outputs = new Set(graph.outputs.map(({ name }) => name))
  const build = new GradientBuilder(graph, new Set(), new Set())
  const folded = new Map<GraphNode, GraphNode>()
  for (const node of graph.nodes) {
    const [x = '', , , mean = '', variance = ''] = node.inputs
    const layer = producers.get(x)
    const isFrozen = graph.weights.has(mean) && graph.weights.has(variance)
    const isAlone = users.get(x)?.length === 1 && !outputs.has(x)
    if (node.op === 'BatchNormalization' && layer && resultAxis(layer) !== null)
      if (isFrozen && isAlone && node.outputs.length === 1) folded.set(node, layer)
  }
  const layers = new Set(folded.values())
  const nodes = graph.nodes
  graph.nodes = []
  for (const node of nodes) {
    const layer = folded.get(node)
    if (layer) foldInto(build, layer, node)
    else if (!layers.has(node)) graph.nodes.push(node)
  }
}

/** Writes the layer with its new kernel and bias in place of the normalisation. */
function foldInto(build: GradientBuilder, layer: GraphNode, node: GraphNode): void {
  const [input = '', kernel = '', ownBias] = layer.inputs
  const [, scale = '', bias = '', mean = '', variance = ''] = node.inputs
  const [output = ''] = node.outputs
  build.startScope(`${output}/folded`)
  const epsilon = build.scalar(floatAttribute(node, 'epsilon', 1e-5))
  const deviation = build.unary('Sqrt', build.add(variance, epsilon))
  const factor = build.div(scale, deviation)
  const along = build.shape(kernel).map((side, axis) => (axis === resultAxis(layer) ? side : 1))
  const scaled = build.mul(kernel, build.reshape(factor, along))
  const centre = ownBias ? build.sub(mean, ownBias) : mean
  const shift = build.sub(bias, build.mul(centre, factor))
  build.graph.nodes.push({ ...layer, inputs: [input, scaled, shift], outputs: [output] })
}
